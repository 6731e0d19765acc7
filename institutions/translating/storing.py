"""The one way in for the texts of a translation, typed, from a file or by a machine: judged, then stored.

Nothing comes in while the translation is being reviewed: whoever approves it publishes the words he has read.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.holding import hold
from cms.refusals import RefusedError
from institutions.translating.finding import page_of
from institutions.translating.wording import why_not

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# So many texts that were not stored are named.
TOLD = 5


def open_for(user: "User | AnonymousUser", translation: Translation) -> Page:
    """The translated page, held until the transaction ends so that nobody submits it meanwhile.

    Raises what `page_of` raises, and `RefusedError` while it is being reviewed.
    """
    page = page_of(translation, user)
    hold([page.pk])
    if page.workflow_in_progress:
        raise RefusedError(
            _("Terjemahan ini sedang ditinjau; tunggu putusannya, atau minta peninjaunya mengembalikannya.")
        )
    return page


def store(
    translation: Translation,
    segment: StringSegment,
    text: str,
    user: "User | AnonymousUser",
    *,
    tool: str = "",
    by_machine: bool = False,
) -> tuple[StringTranslation, bool]:
    """Keeps a text in place of the one there was, and says whether there was none. `tool` is what made it.
    Raises `RefusedError`, with why, for a text that cannot be. Ask `open_for` first."""
    if why := why_not(translation, segment, text):
        raise RefusedError(why)
    kind = (
        StringTranslation.TRANSLATION_TYPE_MACHINE
        if by_machine
        else StringTranslation.TRANSLATION_TYPE_MANUAL
    )
    stored: tuple[StringTranslation, bool] = StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        defaults={
            "data": text,
            "translation_type": kind,
            "tool_name": tool,
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
    return stored


def not_taken(left: Sequence[str]) -> str:
    """In words: what was not stored, and why; the first of them, and how many more."""
    more = len(left) - TOLD
    rest = ngettext(" dan %(n)d entri lain", " dan %(n)d entri lain", more) % {"n": more} if more > 0 else ""
    return _("Tidak diambil: %(told)s.") % {"told": "; ".join(left[:TOLD]) + rest}
