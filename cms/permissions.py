"""What may be done with a page beyond what Wagtail checks, for everybody: superusers and the admin's API too.

An app that keeps records below pages says so with `keep`; the pages above these then cannot be deleted.
"""

from collections.abc import Callable

from django.conf import settings
from wagtail.models import Page, PagePermissionTester

Keeper = Callable[[Page], bool]

_keepers: list[Keeper] = []


def keep(keeper: Keeper) -> None:
    """`keeper` says whether a page, or one below it, must stay; apps call this in `AppConfig.ready`."""
    if keeper not in _keepers:
        _keepers.append(keeper)


class PortalPagePermissionTester(PagePermissionTester):
    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.could_delete(ignore_bulk) and not any(keeper(self.page) for keeper in _keepers)

    def could_delete(self, ignore_bulk: bool = False) -> bool:
        """Whether the person's rights alone would do: then the reason may be told."""
        # Wagtail lets everybody delete who may change; who may not add pages translates, and nothing else.
        may_add = self.user.is_superuser or "add" in getattr(self, "permissions", ())
        return may_add and super().can_delete(ignore_bulk)

    def can_set_view_restrictions(self) -> bool:
        # A translation has those of its source (cms.translation.privacy).
        return super().can_set_view_restrictions() and not self._is_translation()

    def _is_translation(self) -> bool:
        if self.page.locale.language_code == settings.LANGUAGE_CODE:
            return False
        sources = Page.objects.filter(
            translation_key=self.page.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        return sources.exists()

    def can_move(self) -> bool:
        # Nothing is lost by moving.
        return self.could_delete(ignore_bulk=True)
