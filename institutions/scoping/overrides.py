"""What a translation puts in place of an image, a document or a page: something the translator may know.

wagtail-localize keeps any text as such a value. It would show another institution's image by its number, and
a text that is no number would break the translation's preview for everybody.
"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

from cms.refusals import RefusedError
from institutions.scoping import references
from institutions.translating.finding import translation_or_refusal


def edit_override(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponseBase:
    """Wagtail-localize's view; what it has stored is taken back where the page cannot be made with it."""
    try:
        translation_or_refusal(translation_id, request.user)
    except RefusedError as refused:
        return JsonResponse({"value": refused.messages}, status=400)
    with transaction.atomic():
        response: HttpResponseBase = edit_translation.edit_override(
            request, translation_id, overridable_segment_id
        )
        if request.method == "PUT" and response.status_code < 300:
            why = _why_not(request.user, Translation.objects.get(pk=translation_id))
            if why:
                transaction.set_rollback(True)
                return JsonResponse({"value": [why]}, status=400)
    return response


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
