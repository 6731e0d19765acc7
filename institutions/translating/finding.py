"""The translation an address names; or, in words, why there is nothing to work on any more."""

from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.refusals import RefusedError
from cms.translation.sources import gone, source_of
from institutions.translating.rights import translates

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class GoneError(RefusedError):
    """The page that was translated, or its source, is no more. Leads to the queue."""

    def __init__(self, message: str) -> None:
        super().__init__(message, reverse("translating:index"))


def translation_or_refusal(number: int, user: "User | AnonymousUser") -> tuple[Translation, Page]:
    """The translation of this number and its page, for whoever may change that page.

    Raises `Http404` where there never was such a translation, and what `page_of` raises.
    """
    found = Translation.objects.select_related("source", "target_locale")
    # No database holds a longer number.
    translation = get_object_or_404(found, pk=min(number, 2**62))
    return translation, page_of(translation, user)


def page_of(translation: Translation, user: "User | AnonymousUser") -> Page:
    """The page of a translation, for whoever may change it: `PermissionDenied` for anybody else. Raises
    `GoneError` where the page or its source was deleted."""
    try:
        page: Page = translation.get_target_instance()
    except ObjectDoesNotExist as error:
        # Whose it was is not known any more.
        if not translates(user):
            raise PermissionDenied from error
        raise GoneError(
            _(
                "Halaman terjemahan ini sudah dihapus. Bila naskahnya masih terbit, mulai menerjemahkan lagi "
                "dari daftar Terjemahan: teks yang sudah diterjemahkan tetap ada."
            )
        ) from error
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if source_of(page) is None:
        raise GoneError(gone())
    return page
