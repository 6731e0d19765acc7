from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.permissions import PortalPagePermissionTester
from cms.person import person_at_work

# With any of these one sees the page's draft in the explorer.
EXPLORING = ("add", "change", "publish", "lock", "unlock", "bulk_delete")


class BasePage(Page):
    """What every page type of the portal shares. Child and parent types are closed by each type."""

    show_in_menus_default = False

    class Meta:
        abstract = True

    def permissions_for_user(self, user: AbstractBaseUser | AnonymousUser) -> PortalPagePermissionTester:
        return PortalPagePermissionTester(user, self)

    def get_admin_display_title(self) -> str:
        """The draft's title, as in Wagtail; but the published one for a person without rights on the page."""
        person = person_at_work()
        if person is not None and self.live:
            policy = policy_registry.get_by_type(Page)
            if not policy.user_has_any_permission_for_instance(person, EXPLORING, self):
                return self.title
        return super().get_admin_display_title()
