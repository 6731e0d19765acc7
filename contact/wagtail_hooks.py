from wagtail import hooks

from contact.viewsets import viewset


@hooks.register("register_admin_viewset")
def register_enquiries() -> object:
    return viewset
