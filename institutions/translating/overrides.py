"""What a translation puts in place of an image, a document or a page: something the translator may know; and
in place of a link's address: no script.

wagtail-localize keeps any text as such a value. It would show another institution's image by its number, and
a text that is no number would break the translation's preview for everybody.
"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail_localize.models import OverridableSegment, Translation
from wagtail_localize.views import edit_translation

from cms.refusals import RefusedError
from institutions.scoping import references
from institutions.translating import answers, storing
from institutions.translating.wording import why_no_address


def edit_override(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponseBase:
    """Wagtail-localize's view, while the translation is worked on; what it has stored is taken back where the
    page cannot be made with it."""
    translation = get_object_or_404(Translation, pk=min(translation_id, 2**62))
    method = str(request.method)
    told: dict[str, Any] = {"segment_id": overridable_segment_id}
    try:
        with transaction.atomic():
            storing.open_for(request.user, translation)
            response: Any = edit_translation.edit_override(request, translation_id, overridable_segment_id)
            if method == "PUT" and response.status_code < 300:
                told = response.data
                link = _is_link(overridable_segment_id) and why_no_address(request.POST["value"])
                if why := link or _why_not(request.user, translation):
                    raise RefusedError(why)
    except RefusedError as refused:
        return answers.refused(refused, method, told)
    answer: HttpResponseBase = response
    return answer


def _is_link(number: int) -> bool:
    """Whether the source has an address there, and not the number of a picture, a document or a page."""
    return isinstance(OverridableSegment.objects.get(pk=number).data, str)


def _why_not(user: Any, translation: Translation) -> str:
    """What speaks against the page as translated now, "" where nothing does."""
    source = translation.source
    try:
        translated = source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
        found = references.of([translated])
        found -= references.of([source.as_instance(), translation.get_target_instance()])
    except (ObjectDoesNotExist, ValidationError, ValueError, TypeError, OverflowError):
        return _("Isi ini tidak dapat dipakai di sini. Pilih dari daftar, atau kembalikan ke aslinya.")
    if unknown := references.unknown_to(user, found):
        return references.NOT_YOURS % references.in_words(unknown)
    return ""
