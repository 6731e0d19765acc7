"""Likely duplicates that wait for a person to say whether they are one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, Max, OuterRef, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.imports.adapters import ADAPTERS
from directory.imports.admin.rights import adapters_for
from directory.imports.types import Action
from directory.merging.admin.rights import may_merge
from directory.models import DuplicatePair, ImportBatch, ImportRow, SourceRecord

SHOWN = 20
State = ImportBatch.State


@dataclass(frozen=True, slots=True)
class Waiting:
    """Two that may be the same. `url` is "" where this person has no right to decide."""

    title: str
    other: str
    origin: str
    url: str


@dataclass(frozen=True, slots=True)
class Heap:
    """One kind of likely duplicates: how many wait, the newest `SHOWN` of them, and the lists of all."""

    title: str
    count: int
    shown: list[Waiting]
    lists: list[tuple[str, int, str]]


def heaps(user: Any) -> list[Heap]:
    """Every kind of likely duplicates there is, as far as this user may act on it."""
    return [import_rows(user), record_pairs(user)]


def open_rows() -> QuerySet[ImportRow]:
    """Rows of imports still to be decided: each record of a source once, in its newest import.

    A row stays open after its import is done, until somebody decides or a later import has written it.
    """
    states = (State.PLANNED, State.APPLYING, State.DONE)
    source = Case(
        *(When(batch__source=one.name, then=Value(one.source.value)) for one in ADAPTERS.values()),
        output_field=CharField(),
    )
    batches = ImportBatch.objects.filter(state__in=states).values("pk")
    waiting = ImportRow.objects.filter(
        batch__in=batches, action=Action.DUPLICATE, outcome__in=("", Action.DUPLICATE), decision=""
    ).order_by()
    written = SourceRecord.objects.filter(source=OuterRef("of"), record_id=OuterRef("key"))
    waiting = waiting.annotate(of=source).filter(~Exists(written))
    newest = waiting.values("batch__source", "key").annotate(newest=Max("pk"))
    return ImportRow.objects.filter(pk__in=newest.values("newest"))


def import_rows(user: Any) -> Heap:
    """Rows of imports that resemble records; two queries."""
    mine = {adapter.name for adapter in adapters_for(user)}
    waiting = open_rows()
    rows = (
        waiting.select_related("batch")
        .only("number", "title", "duplicates", "batch__source", "batch__file_name")
        .order_by("-batch_id", "number")[:SHOWN]
    )
    batches = list(
        waiting.order_by()
        .values("batch_id", file=F("batch__file_name"), source=F("batch__source"))
        .annotate(count=Count("pk"))
        .order_by("-batch_id")
    )
    return Heap(
        title=_("Baris impor"),
        count=sum(batch["count"] for batch in batches),
        shown=[_waiting(row, row.batch.source in mine) for row in rows],
        lists=[
            (batch["file"], batch["count"], _batch_url(batch["batch_id"]) if batch["source"] in mine else "")
            for batch in batches[:SHOWN]
        ],
    )


def record_pairs(user: Any) -> Heap:
    """Pairs of records that are both in the directory, the likeliest first; two queries."""
    mine = may_merge(user)
    pairs = DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN)
    count = pairs.count()
    shown = pairs.select_related("one", "other").order_by("-score", "pk")[:SHOWN]
    numbers = [(pair, (pair.one.registry_number, pair.other.registry_number)) for pair in shown]
    return Heap(
        title=_("Catatan ganda"),
        count=count,
        shown=[
            Waiting(
                pair.one.title,
                pair.other.title,
                pair.why,
                reverse("merging:pair", args=both) if mine else "",
            )
            for pair, both in numbers
        ],
        lists=[(_("semua pasangan"), count, reverse("merging:index"))] if mine and count else [],
    )


def _waiting(row: ImportRow, mine: bool) -> Waiting:
    others: Sequence[str] = [title for _page, title, _score, _why in row.duplicates]
    origin = _("%(file)s, baris %(number)d") % {"file": row.batch.file_name, "number": row.number}
    url = reverse("imports:compare", args=[row.batch_id, row.number]) if mine else ""
    return Waiting(row.title or "–", "; ".join(others), origin, url)


def _batch_url(batch: int) -> str:
    return f"{reverse('imports:batch', args=[batch])}?rows={Action.DUPLICATE}"
