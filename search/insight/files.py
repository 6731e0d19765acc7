"""The tables of the page as files."""

import csv
from collections.abc import Callable, Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cms.cells import neutralise
from search.insight import figures
from search.insight.figures import IN_FILE, Period

Row = Sequence[object]


def _days(period: Period) -> Iterable[Row]:
    yield _("hari"), _("pencarian"), _("tanpa hasil yang cocok"), _("hanya hasil mendekati")
    for day in figures.by_day(period):
        yield day.day.isoformat(), day.searches, day.unmatched, day.near_only


def _frequent(period: Period) -> Iterable[Row]:
    yield _("kata pencarian"), _("pencarian"), _("hasil terakhir")
    for text in figures.frequent(period, IN_FILE):
        yield text.text, text.count, "" if text.results is None else text.results


def _unmet(period: Period) -> Iterable[Row]:
    yield _("kata pencarian"), _("tanpa hasil yang cocok"), _("hanya hasil mendekati"), _("hasil terakhir")
    for text in figures.unmet(period, IN_FILE):
        yield text.text, text.count, text.near_only, "" if text.results is None else text.results


def _filters(period: Period) -> Iterable[Row]:
    yield _("tempat"), _("saringan"), _("nilai"), _("pemakaian")
    for value in figures.filters(period):
        yield value.place, value.facet, value.value, value.uses


TABLES: dict[str, Callable[[Period], Iterable[Row]]] = {
    "hari": _days,
    "kata": _frequent,
    "belum-terjawab": _unmet,
    "saringan": _filters,
}


def as_csv(name: str, period: Period) -> HttpResponse:
    """One of `TABLES` as CSV; no cell can act as a formula."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="pencarian-{name}-{period.days}-hari.csv"'
    response["Cache-Control"] = "no-store"
    response.write("\ufeff")
    writer = csv.writer(response)
    for row in TABLES[name](period):
        writer.writerow([cell if isinstance(cell, int) else neutralise(str(cell)) for cell in row])
    return response
