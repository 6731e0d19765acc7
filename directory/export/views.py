"""Downloads for everybody, and what the columns of a download mean."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.export.explained import explained
from directory.export.files import KINDS, respond
from directory.export.records import public_records
from directory.export.table import Table
from directory.finder.address import parse
from search import engines


def file_stem() -> str:
    return f"inovasi-jippnas-{timezone.localdate():%Y-%m-%d}"


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponseBase:
    """All that the directory finds for the same address, as a file. Raises Http404 for another kind."""
    if kind not in KINDS:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    ids = engines.matches(parse(request.GET).query())
    table = Table(public_records(ids), request.build_absolute_uri("/"))
    return respond(table, kind, file_stem())


@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """The contract in words, for who has opened a download."""
    return render(request, "directory/columns.html", {"columns": explained(), "kinds": KINDS})
