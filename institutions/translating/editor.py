"""wagtail-localize's page on which a translation is worked on, and what is kept from it: it publishes, stops
translations for good and makes aliases, past the approval and the queue."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

from cms.models import BasePage
from cms.refusals import RefusedError
from cms.translation.sources import gone, source_of
from institutions.translating.finding import translation_or_refusal

# What wagtail-localize puts into the menu of Wagtail's own editing form.
NOT_HERE = ("localize-restart-translation", "localize-convert-to-alias")


def not_here(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """In place of views nobody is to reach: a stopped translation is in no queue, and an alias shows the
    source's words under addresses of another language, unasked and ever anew."""
    raise Http404


def before_edit(request: HttpRequest, page: Page) -> HttpResponse | None:
    """For the hook `before_edit_page`, before wagtail-localize's. Raises `RefusedError` for publishing."""
    if not isinstance(page, BasePage) or page.is_source:
        return None
    if request.method == "POST" and any(name in request.POST for name in NOT_HERE):
        raise Http404
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id
    ).first()
    if translation is None:
        return None
    if source_of(page) is None:
        messages.error(request, gone())
        return redirect("translating:index")
    if request.method == "POST" and translation.enabled and request.POST.get("action") == "publish":
        raise RefusedError(_("Terjemahan terbit lewat “Ajukan untuk disetujui” di halaman ini."))
    return None


def without_menu_items(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """For the hook `construct_page_action_menu`."""
    items[:] = [item for item in items if item.name not in NOT_HERE]


def allowed_props(props: str) -> str:
    """What wagtail-localize's script is told, as JSON, without what is done elsewhere or not at all."""
    told = json.loads(props)
    told["perms"]["canPublish"] = False
    # The button for the first stays without an address; the style sheet hides it.
    told["links"] |= {"stopTranslationUrl": "", "convertToAliasUrl": None}
    return json.dumps(told)


def _for_known(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of wagtail-localize that fails where a page is gone: its person is told."""

    @wraps(view)
    def guarded(request: HttpRequest, translation_id: int, **kwargs: Any) -> HttpResponseBase:
        try:
            translation_or_refusal(translation_id, request.user)
        except RefusedError as refused:
            for message in refused.messages:
                messages.error(request, message)
            return redirect(refused.back)
        return view(request, translation_id, **kwargs)

    return guarded


preview = _for_known(edit_translation.preview_translation)
download = _for_known(edit_translation.download_pofile)
