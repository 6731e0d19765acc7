from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search import insight
from search.site import SiteSearch, parse
from search.sources import address_meant


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
