from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.site import SiteSearch, parse


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The results of a search over the whole portal; without words only the form."""
    return render(request, "search/results.html", {"search": SiteSearch(parse(request.GET))})
