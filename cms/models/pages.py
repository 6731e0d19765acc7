from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import gettext
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.newer import NewerVersionForm
from cms.permissions import PortalPagePermissionTester
from cms.person import person_at_work

# With any of these one sees the page's draft in the explorer.
EXPLORING = ("add", "change", "publish", "lock", "unlock", "bulk_delete")


class BasePage(Page):
    """What every page type of the portal shares. Child and parent types are closed by each type."""

    show_in_menus_default = False
    base_form_class = NewerVersionForm

    class Meta:
        abstract = True

    def permissions_for_user(self, user: AbstractBaseUser | AnonymousUser) -> PortalPagePermissionTester:
        return PortalPagePermissionTester(user, self)

    def get_admin_display_title(self) -> str:
        """The draft's title, as in Wagtail; but the published one for a person without rights on the page.

        What was never published has a title only for those, and for who is asked to review it.
        """
        person = person_at_work()
        if person is not None:
            policy = policy_registry.get_by_type(Page)
            if not policy.user_has_any_permission_for_instance(person, EXPLORING, self):
                if self.live:
                    return self.title
                task = self.current_workflow_task
                if task is None or not task.get_actions(self, person):
                    return gettext("Halaman yang tidak terbit")
        return super().get_admin_display_title()
