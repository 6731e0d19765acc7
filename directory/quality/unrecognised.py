"""Texts of sources that no institution or region is known for, the most frequent first."""

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, F, Max, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from directory.imports.adapters import ADAPTERS
from directory.models import ImportBatch, ImportRow
from directory.quality import links
from directory.quality.conditions import lacking, records

# The columns that say where an innovation runs, of all sources.
COLUMNS = sorted(
    {
        column.name
        for adapter in ADAPTERS.values()
        for column in adapter.columns
        if column.claim in ("province_name", "regency")
    }
)
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
    # A draft may name an owner its page does not show yet; the column of gaps knows.
    found = records().filter(lacking("institution"), institution=None).order_by()
    return found.values(text=F("institution_text")).annotate(count=Count("pk")).order_by("-count", "text")


def places() -> list[Text]:
    """What the latest import of each source could not place: texts of its region columns, at most `SHOWN`.

    Two queries: the imports, and their rows with something to say on such a column.
    """
    states = (State.PLANNED, State.APPLYING, State.DONE)
    newest = ImportBatch.objects.filter(state__in=states).order_by().values("source")
    found = ImportBatch.objects.filter(pk__in=newest.annotate(newest=Max("pk")).values("newest"))
    batches = {batch.pk: batch for batch in found if batch.source in ADAPTERS}
    rows = ImportRow.objects.filter(batch__in=batches).order_by()
    rows = rows.annotate(said=Cast("problems", TextField())).filter(
        reduce(or_, (Q(said__contains=f'["{column}", ') for column in COLUMNS))
    )
    texts = {f"text_{place}": KT(f"raw__{column}") for place, column in enumerate(COLUMNS)}
    counts: Counter[tuple[int, str, str]] = Counter()
    for batch, problems, *told in rows.annotate(**texts).values_list("batch", "problems", *texts).iterator():
        named = {problem[0] for problem in problems}
        for column, text in zip(COLUMNS, told, strict=True):
            if column in named:
                counts[batch, column, text or ""] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0][2]))
    return [Text(text, count, batches[batch], column) for (batch, column, text), count in ordered[:SHOWN]]
