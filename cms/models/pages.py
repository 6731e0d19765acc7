from wagtail.models import Page


class BasePage(Page):
    """What every page type of the portal shares. Child and parent types are closed by each type."""

    show_in_menus_default = False

    class Meta:
        abstract = True
