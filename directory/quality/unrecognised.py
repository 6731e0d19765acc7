"""Texts of sources that no institution or region is known for, the most frequent first."""

from dataclasses import dataclass

from django.db.models import Count, F, Max, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from directory.imports.adapters import ADAPTERS
from directory.models import ImportBatch, ImportRow
from directory.quality import links
from directory.quality.conditions import lacking, records, without_place

# A column that says where an innovation runs, as an adapter claims it.
PLACES = ("province_name", "regency")
SHOWN = 50
State = ImportBatch.State


@dataclass(frozen=True, slots=True)
class Text:
    """A text as a source wrote it, with how many rows or records hold it and where these are."""

    text: str
    count: int
    batch: ImportBatch | None = None
    column: str = ""

    @property
    def url(self) -> str:
        """The records of an owner's name that is not recognised."""
        return links.profiles(missing="institution", institution_text=self.text)


def owners() -> QuerySet:
    """Rows `text` and `count`, for `Text`: what sources call the owners of records without an institution."""
    found = records().filter(lacking("institution")).order_by()
    return found.values(text=F("institution_text")).annotate(count=Count("pk")).order_by("-count", "text")


def placeless() -> int:
    """How many records are in no region, neither by themselves nor by their owner."""
    return without_place(records()).count()


def places() -> list[Text]:
    """What the latest import of each source could not place: texts of its region columns, at most `SHOWN`.

    A fixed number of queries: one for the imports, one for every column that names a region.
    """
    states = (State.PLANNED, State.APPLYING, State.DONE)
    newest = ImportBatch.objects.filter(state__in=states).order_by().values("source")
    batches = ImportBatch.objects.filter(pk__in=newest.annotate(newest=Max("pk")).values("newest"))
    found = []
    for batch in batches:
        for column in ADAPTERS[batch.source].columns if batch.source in ADAPTERS else ():
            if column.claim in PLACES:
                found += _texts(batch, column.name)
    return sorted(found, key=lambda text: (-text.count, text.text))[:SHOWN]


def _texts(batch: ImportBatch, column: str) -> list[Text]:
    rows = ImportRow.objects.filter(batch=batch).order_by().annotate(said=Cast("problems", TextField()))
    rows = rows.filter(Q(said__contains=f'["{column}", '))
    texts = rows.values(text=KT(f"raw__{column}")).annotate(count=Count("pk")).order_by("-count", "text")
    return [Text(row["text"] or "", row["count"], batch, column) for row in texts[:SHOWN]]
