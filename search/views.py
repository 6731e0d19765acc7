import logging
from dataclasses import asdict

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from search import insight
from search.addresses import search_words
from search.completion import suggestions
from search.site import SiteSearch, parse
from search.sources import address_meant, labels
from search.types import EngineUnavailableError

logger = logging.getLogger(__name__)

SUGGESTIONS_SECONDS = 60


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The results of a search over the whole portal; without words only the form.

    The number of a page leads to the page itself."""
    asked = parse(request.GET)
    if address := address_meant(asked.text, asked.type):
        return HttpResponseRedirect(address)
    found = SiteSearch(asked)
    filters = {"type": (asked.type,)} if asked.type else {}
    insight.record(request, "site", asked.text, filters, asked.page, found.results)
    return render(request, "search/results.html", {"search": found})


@require_safe
def complete(request: HttpRequest) -> HttpResponse:
    """What a search box offers for the words typed so far, and what to tell who cannot see it, as JSON.

    `jenis` narrows the titles to one document type. A search that cannot answer offers nothing.
    """
    text, type_ = search_words(request.GET.get("q", ""), []), request.GET.get("jenis", "")
    try:
        offered, seconds = suggestions(text, (type_,) if type_ in labels() else ()), SUGGESTIONS_SECONDS
    except (EngineUnavailableError, DatabaseError):
        logger.warning("no suggestions", exc_info=True)
        offered, seconds = [], 0
    number = ngettext("%(n)d saran.", "%(n)d saran.", len(offered)) % {"n": len(offered)}
    how = _("Pilih dengan panah atas dan bawah.")
    response = JsonResponse(
        {
            "label": _("Saran pencarian"),
            "told": f"{number} {how}" if offered else _("Tidak ada saran."),
            "suggestions": [asdict(suggestion) for suggestion in offered],
        }
    )
    patch_cache_control(response, public=True, max_age=seconds)
    return response
