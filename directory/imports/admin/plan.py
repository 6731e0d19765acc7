"""What the page of one import shows: its columns, its rows by what becomes of them, how far it has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, When
from django.utils.translation import gettext as _

from directory.imports import reversing
from directory.imports.adapters import ADAPTERS
from directory.imports.batches import TO_APPLY, left
from directory.imports.field_kinds import References
from directory.imports.fields import FIELDS
from directory.imports.pages import pages_for_planning
from directory.imports.types import ACTION_LABELS, Action
from directory.imports.untouched import Touched
from directory.imports.wording import in_words
from directory.models import ImportBatch, ImportRow, InnovationPage

PAGE_SIZE = 50
TOUCHED_SHOWN = 20
State = ImportBatch.State
WRITTEN = (State.DONE, State.REVERSING, State.REVERSED)
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the rows down, with how many remain."""

    label: str
    url: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class RowView:
    row: ImportRow
    changes: list[tuple[str, str, str]]
    conflicts: list[tuple[str, str, str]]
    problems: list[tuple[str, str]]


class PlanView:
    def __init__(self, batch: ImportBatch, address: Mapping[str, Any]) -> None:
        self.batch = batch
        self.is_written = batch.state in WRITTEN
        self.by = "outcome" if self.is_written else "action"
        asked = address.get("rows", "")
        self.chosen = asked if asked in {action.value for action in Action} else ""
        self.page_number = address.get("p", 1)

    @cached_property
    def counts(self) -> dict[Action, int]:
        return self.batch.outcomes() if self.by == "outcome" else self.batch.counts()

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def refused(self) -> int:
        return self.counts[Action.REFUSED]

    @property
    def writes(self) -> int:
        """How many rows consent would write, or has."""
        return sum(self.counts[action] for action in TO_APPLY) + self.decided

    @cached_property
    def changes_nothing(self) -> int:
        """Rows in conflict of which nothing is left to write into the page."""
        return self.batch.rows.filter(action=Action.CONFLICT, changes=[]).count()

    @property
    def will_write(self) -> int:
        """How many records consent would make or change."""
        return self.writes - self.changes_nothing

    @cached_property
    def live_changed(self) -> int:
        """How many records readers see would read otherwise at once."""
        changed = self.batch.rows.filter(action__in=(Action.UPDATE, Action.CONFLICT), page__live=True)
        return changed.exclude(changes=[]).count()

    @cached_property
    def decided(self) -> int:
        """Rows like others somebody has decided on, that are not written yet."""
        return self.batch.rows.filter(action=Action.DUPLICATE, outcome="").exclude(decision="").count()

    @cached_property
    def choices(self) -> list[Choice]:
        everything = Choice(_("semua"), "?", self.total, not self.chosen)
        return [everything] + [
            Choice(str(ACTION_LABELS[action]), f"?rows={action}", count, self.chosen == action)
            for action, count in self.counts.items()
            if count
        ]

    @cached_property
    def page_obj(self) -> Page:
        rows = self.batch.rows.order_by("number").defer("raw", "values")
        if self.chosen:
            rows = rows.filter(**{self.by: self.chosen})
        return Paginator(rows, PAGE_SIZE).get_page(self.page_number)

    @property
    def rows(self) -> list[RowView]:
        references = References()
        return [
            RowView(
                row,
                _said(row.changes, references),
                _said(row.conflicts, references),
                [(column, message) for column, message, _kind in row.problems],
            )
            for row in self.page_obj
        ]

    @cached_property
    def percent(self) -> int:
        """How much of what is to be written is."""
        if not self.writes:
            return 100
        return 100 - left(self.batch).count() * 100 // self.writes

    @cached_property
    def reversals(self) -> dict[str, int]:
        """Rows by what became of them when the import was taken back; "" for those still to come."""
        rows = reversing.written(self.batch).order_by().values_list("reversal")
        return dict(rows.annotate(number=Count("pk")))

    @property
    def undone(self) -> int:
        return self.reversals.get(ImportRow.Reversal.UNDONE, 0)

    @property
    def left(self) -> int:
        """Rows left as they are, since somebody touched them while the import was being taken back."""
        return self.reversals.get(ImportRow.Reversal.LEFT, 0)

    @property
    def reversed_percent(self) -> int:
        total = sum(self.reversals.values())
        return (self.undone + self.left) * 100 // total if total else 100

    @property
    def columns(self) -> list[str]:
        return [column.name for column in ADAPTERS[self.batch.source].columns]


class ReversalView:
    """What taking an import back would do, in numbers, or what stands in the way."""

    def __init__(self, batch: ImportBatch) -> None:
        self.error, self.touched = "", list[Touched]()
        try:
            reversing.check(batch)
        except reversing.NotReversibleError as error:
            self.error, self.touched = str(error), error.touched[:TOUCHED_SHOWN]
            self.more = len(error.touched) - len(self.touched)
        rows = reversing.written(batch).order_by().values_list("outcome")
        counts = dict(rows.annotate(number=Count("pk")))
        self.created = counts.get(Action.CREATE, 0)
        self.merged = counts.get(Action.MERGE, 0)
        self.changed = sum(counts.values()) - self.created - self.merged


def _said(changes: list[list[Any]], references: References) -> list[tuple[str, str, str]]:
    return [
        (
            str(FIELDS[name].label),
            _short(in_words(name, old, references)),
            _short(in_words(name, new, references)),
        )
        for name, old, new in changes
        if name in FIELDS
    ]


def _short(text: str) -> str:
    return f"{text[:LONGEST]}…" if len(text) > LONGEST else text or "–"


Results = list[tuple[int, Any]]


def with_results(batches: Iterable[ImportBatch]) -> list[tuple[ImportBatch, Results]]:
    """Each batch with how many of its rows became, or would become, what; one query."""
    found = list(batches)
    rows = ImportRow.objects.filter(batch__in=found).order_by()
    result = Case(When(outcome="", then=F("action")), default=F("outcome"))
    counted = rows.values_list("batch", result).annotate(number=Count("pk"))
    counts = {(batch, action): number for batch, action, number in counted}

    def results(batch: ImportBatch) -> Results:
        numbers = [(counts.get((batch.pk, action), 0), words) for action, words in ACTION_LABELS.items()]
        return [(number, words) for number, words in numbers if number]

    return [(batch, results(batch)) for batch in found]


@dataclass(frozen=True, slots=True)
class Alike:
    """A record a row resembles: how likely, why, and both side by side (label, in the row, in the record)."""

    page: InnovationPage
    score: int
    why: str
    fields: list[tuple[str, str, str]]


def alike(row: ImportRow) -> list[Alike]:
    """The records a row resembles that still exist, the likeliest first."""
    pages = {page.pk: page for page in pages_for_planning(found[0] for found in row.duplicates)}
    return [
        Alike(pages[pk], score, why, _side_by_side(row, pages[pk]))
        for pk, _title, score, why in row.duplicates
        if pk in pages
    ]


def _side_by_side(row: ImportRow, page: InnovationPage) -> list[tuple[str, str, str]]:
    references = References()
    pairs = (
        (
            str(FIELDS[name].label),
            _short(in_words(name, value, references)),
            _short(in_words(name, FIELDS[name].get(page), references)),
        )
        for name, value in row.values.items()
        if name in FIELDS
    )
    return [pair for pair in pairs if pair[1:] != ("–", "–")]
