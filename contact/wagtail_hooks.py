from wagtail import hooks
from wagtail.permissions import register_permission_policy

from contact.models import Enquiry
from contact.viewsets import EnquiryPolicy, viewset

register_permission_policy(Enquiry, EnquiryPolicy(Enquiry))


@hooks.register("register_admin_viewset")
def register_enquiries() -> object:
    return viewset
