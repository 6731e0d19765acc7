"""The table by institution: which are shown, in which order, and as a file."""

import csv
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.cells import neutralise
from directory.choices import Source
from directory.quality.conditions import NO_SOURCE, from_source, records
from directory.quality.figures import Standing, standing, standing_columns
from institutions.models import Institution

# What the table can be ordered by; "-" in front turns it round.
ORDERS: dict[str, Callable[[Standing], Any]] = {
    "name": lambda row: row.label.casefold(),
    "records": lambda row: row.records,
    "completeness": lambda row: row.completeness,
    "measured": lambda row: row.measured,
    "never": lambda row: row.never,
}
MOST_RECORDS = "-records"


class Narrowing(forms.Form):
    """Which institutions, by what their records say. What is not valid narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Nama instansi"), required=False, max_length=200)
    source = forms.ChoiceField(
        label=gettext_lazy("Sumber"),
        required=False,
        choices=[
            ("", gettext_lazy("Semua")),
            *Source.choices,
            (NO_SOURCE, gettext_lazy("Tanpa sumber")),
        ],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Jenis instansi"),
        required=False,
        choices=[("", gettext_lazy("Semua")), *Institution.Kind.choices],
    )


def standings(narrowing: Mapping[str, Any], order: str = MOST_RECORDS) -> list[Standing]:
    """The institutions that own records, with how these stand; one query.

    `narrowing`: the cleaned data of `Narrowing`, as far as it is there. An unknown order is `MOST_RECORDS`.
    """
    source, kind = narrowing.get("source", ""), narrowing.get("kind", "")
    pages = records().exclude(institution=None)
    if source:
        pages = from_source(pages, source)
    if kind:
        pages = pages.filter(institution__kind=kind)
    groups = (
        pages.order_by()
        .values("institution", "institution__name", "institution__abbreviation")
        .annotate(**standing_columns())
    )
    words = narrowing.get("q", "").casefold().split()
    found = [
        standing(row["institution__name"], row, institution=row["institution"], source=source)
        for row in groups
        if all(word in _searched(row) for word in words)
    ]
    found.sort(key=ORDERS["name"])
    name = order.removeprefix("-")
    if name not in ORDERS:
        order, name = MOST_RECORDS, MOST_RECORDS[1:]
    return sorted(found, key=ORDERS[name], reverse=order.startswith("-"))


def _searched(row: Mapping[str, Any]) -> str:
    return f"{row['institution__name']} {row['institution__abbreviation']}".casefold()


def as_csv(rows: Iterable[Standing]) -> HttpResponse:
    """The table as a file. No cell can act as a formula."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mutu-data-instansi.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    header = (_("instansi"), _("jumlah inovasi"), _("rata-rata kelengkapan (%)"))
    writer.writerow(
        (*header, _("jumlah dengan bukti tingkat 2 ke atas"), _("jumlah belum pernah dikonfirmasi"))
    )
    for row in rows:
        writer.writerow((neutralise(row.label), row.records, row.completeness, row.measured, row.never))
    return response
