from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry

from cms.overtaken import AttentivePageForm
from cms.permissions import PortalPagePermissionTester
from cms.person import person_at_work
from cms.translation.decisions import decide
from cms.translation.sources import demand_published_source

# With any of these one sees the page's draft in the explorer.
EXPLORING = ("add", "change", "publish", "lock", "unlock", "bulk_delete")


class BasePage(Page):
    """What every page type of the portal shares. Child and parent types are closed by each type.

    `source_published_at` says of which state of the source this is the text: of the source itself, when it
    was published last; of a translation, when the source was that it was made from.
    """

    source_published_at = models.DateTimeField(null=True, blank=True, editable=False)

    show_in_menus_default = False
    override_translatable_fields = decide()
    base_form_class = AttentivePageForm

    class Meta:
        abstract = True

    @property
    def is_source(self) -> bool:
        """Whether it is in the language everything is written in first; a page without a language will be."""
        return self.locale_id is None or self.locale.language_code == settings.LANGUAGE_CODE

    def save(self, *args: Any, **kwargs: Any) -> None:
        # wagtail-localize copies it to the translations it makes.
        if kwargs.get("update_fields") is None and self.is_source:
            self.source_published_at = self.last_published_at
        super().save(*args, **kwargs)

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> None:
        """As Wagtail's; `RefusedError` where a person publishes a translation of an unpublished page."""
        if user is not None and not self.is_source:
            demand_published_source(self)
        super().publish(revision, user=user, **kwargs)

    def address_instead(self, language: str) -> str:
        """Where readers of another language are led who ask for this page and have no translation of it."""
        with override(language):
            return reverse("untranslated", args=[self.pk])

    def full_address(self, language: str) -> str:
        """With the host: where somebody who reads that language reads this page, which is live. Most have one
        address only, their own."""
        return self.full_url or ""

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
