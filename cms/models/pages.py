from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.models import Page

from cms.permissions import PortalPagePermissionTester


class BasePage(Page):
    """What every page type of the portal shares. Child and parent types are closed by each type."""

    show_in_menus_default = False

    class Meta:
        abstract = True

    def permissions_for_user(self, user: AbstractBaseUser | AnonymousUser) -> PortalPagePermissionTester:
        return PortalPagePermissionTester(user, self)
