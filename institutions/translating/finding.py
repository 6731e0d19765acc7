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


def translation_or_refusal(number: int, user: "User | AnonymousUser") -> tuple[Translation, Page]:
    """The translation of this number and its page, for whoever may change that page.

    Raises `Http404` where there never was such a translation, `PermissionDenied` for anybody else, and
    `RefusedError`, which leads to the queue, where its page or its source was deleted.
    """
    found = Translation.objects.select_related("source", "target_locale")
    # No database holds a longer number.
    translation = get_object_or_404(found, pk=min(number, 2**62))
    try:
        page = translation.get_target_instance()
    except ObjectDoesNotExist as error:
        # Whose it was is not known any more.
        if not translates(user):
            raise PermissionDenied from error
        raise RefusedError(
            _(
                "Halaman terjemahan ini sudah dihapus. Bila naskahnya masih terbit, mulai menerjemahkan lagi "
                "dari daftar ini: teks yang sudah diterjemahkan tetap ada."
            ),
            reverse("translating:index"),
        ) from error
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if source_of(page) is None:
        raise RefusedError(gone(), reverse("translating:index"))
    return translation, page
