"""The stages in a row: a file in, a summary out. Commands and the starter site call this."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from directory.imports import exported
from directory.imports.adapter import Adapter, Column, Rows
from directory.imports.adapters import ADAPTERS
from directory.imports.applying import Applier
from directory.imports.field_kinds import References
from directory.imports.planning import CHUNK, plan
from directory.imports.recognition import Recogniser
from directory.imports.types import (
    Action,
    Cell,
    NotRecognisedError,
    PlannedRow,
    Problem,
    RawRow,
    Record,
    Severity,
    UnreadableFileError,
)
from directory.imports.validation import validate
from directory.models import DirectoryIndexPage

PROBLEMS_KEPT = 200

Observer = Callable[[PlannedRow], None]
Progress = Callable[[Rows], None]


@dataclass
class Summary:
    """What came of a run: rows by action, and the first problems of each severity."""

    counts: Counter[Action] = field(default_factory=Counter)
    problem_counts: Counter[Severity] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def nothing_usable(self) -> bool:
        """No row, or only refused ones."""
        return self.total == self.counts[Action.REFUSED]

    def add(self, row: PlannedRow) -> None:
        self.counts[row.action] += 1
        for problem in row.record.problems:
            self.problem_counts[problem.severity] += 1
            if self.problem_counts[problem.severity] <= PROBLEMS_KEPT:
                self.problems.append(problem)


def get_adapter(name: str) -> Adapter:
    """The adapter of a source. `UnreadableFileError` names those there are."""
    if name not in ADAPTERS:
        known = ", ".join(ADAPTERS)
        raise UnreadableFileError(_("Sumber “%(name)s” tidak dikenal. Yang ada: %(known)s.") % locals())
    return ADAPTERS[name]


def run_import(
    adapter: Adapter,
    path: Path,
    *,
    commit: bool = False,
    index: DirectoryIndexPage | None = None,
    observe: Observer | None = None,
    progress: Progress | None = None,
    chunk: int = CHUNK,
) -> Summary:
    """Plans the file's rows, and with `commit` applies them, below `index` (the source-language directory).

    `chunk` rows are one transaction; after it `observe` gets each of them and `progress` the file.
    `UnreadableFileError` if the file, or the portal, cannot take an import at all; then nothing was written.
    """
    references = References()
    applier = Applier(adapter, index or find_index(), references) if commit else None
    rows = adapter.read(path, adapter.columns)
    summary = Summary()
    records = make_records(rows, adapter, Recogniser(references))
    for part in plan(records, adapter, references, chunk):
        if applier:
            applier.apply(part)
        for row in part:
            summary.add(row)
            if observe:
                observe(row)
        if progress:
            progress(rows)
    summary.unknown_columns = rows.unknown
    return summary


def find_index() -> DirectoryIndexPage:
    """The directory in the portal's first language. `UnreadableFileError` if there is none yet."""
    index = DirectoryIndexPage.objects.order_by("depth", "pk").first()
    if index is None:
        raise UnreadableFileError(
            _("Situs belum punya halaman direktori. Bangun situs awal dulu (make run).")
        )
    return index


def make_records(rows: Rows, adapter: Adapter, recogniser: Recogniser) -> Iterator[Record]:
    """The first three stages: every row read, validated and recognised."""
    for row in rows:
        yield make_record(row, adapter, recogniser)


def make_record(row: RawRow, adapter: Adapter, recogniser: Recogniser) -> Record:
    """Recognises and validates one row; a row that could not be read is passed on with its problems."""
    record = Record(row, problems=list(row.problems))
    if adapter.own and not record.is_refused:
        exported.recognise(record, recogniser.references)
    elif not record.is_refused:
        claims = _claims(record, adapter.columns)
        validate(record, claims)
        recogniser.recognise(record, claims)
    if record.is_refused:
        # What would have been imported differently matters once it can be imported at all.
        record.problems = [problem for problem in record.problems if problem.severity is Severity.ERROR]
    return record


def _claims(record: Record, columns: tuple[Column, ...]) -> dict[str, Cell]:
    claims = {}
    for column in columns:
        if not column.claim or column.name not in record.row.values:
            continue
        text = record.row.values[column.name]
        if column.convert:
            try:
                text = column.convert(text)
            except NotRecognisedError as error:
                record.notice(column.name, str(error))
                text = ""
            except ValueError as error:
                record.refuse(column.name, str(error))
                continue
        claims[column.claim] = Cell(column.name, text, column.shorten)
    return claims
