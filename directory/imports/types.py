"""What the stages of an import hand to each other. All values are JSON-ready, so a plan can be kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class UnreadableFileError(Exception):
    """The file as a whole cannot be imported; the message is one sentence for the person who chose it."""


class NotRecognisedError(ValueError):
    """A value map does not know a cell's wording: it is reported and left empty, the row is imported."""


class Severity(StrEnum):
    ERROR = "error"
    NOTICE = "notice"


class Action(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    MERGE = "merge"
    REFUSED = "refused"


ACTION_LABELS = {
    Action.CREATE: _("baru"),
    Action.UPDATE: _("diperbarui"),
    Action.UNCHANGED: _("tidak berubah"),
    Action.CONFLICT: _("bentrok"),
    Action.DUPLICATE: _("mirip, menunggu putusan"),
    Action.MERGE: _("digabung"),
    Action.REFUSED: _("ditolak"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person has to know about one cell. An error refuses the row, a notice does not."""

    row: int
    column: str
    message: str
    severity: Severity = Severity.ERROR


@dataclass(slots=True)
class RawRow:
    """One record as the file has it. `number` is the row a spreadsheet shows; the header is row 1."""

    number: int
    values: dict[str, str]
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cleaned value with the column it came from, so that a problem can name it.

    `shorten`: too long for its field it is cut and reported, not refused; the raw row keeps all of it.
    """

    column: str
    text: str
    shorten: bool = False


Claims = Mapping[str, Cell]


@dataclass(slots=True)
class Record:
    """What a row says about one innovation: `values` by field name (see `fields`), and its own row there."""

    row: RawRow
    key: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    year: int | None = None
    url: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def refuse(self, column: str, message: str) -> None:
        self.problems.append(Problem(self.row.number, column, message))

    def notice(self, column: str, message: str) -> None:
        self.problems.append(Problem(self.row.number, column, message, Severity.NOTICE))


@dataclass(frozen=True, slots=True)
class Change:
    """One field, old → new."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A page that may hold the same innovation: how likely (0 to 100), and what speaks for and against."""

    page_id: int
    title: str
    score: int
    why: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What a row's writing changed: `before` and `after` as `traces` keeps them, and the newest revision."""

    written_at: datetime
    revision: int | None
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(slots=True)
class PlannedRow:
    """What would be done with a record. `conflicts` are fields left as an editor has them; `duplicates` are
    records of other sources it resembles: then it is for a person to say whether it is new. Once the row is
    written there is a `trace` of it."""

    record: Record
    action: Action
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    page_id: int | None = None
    duplicates: list[Duplicate] = field(default_factory=list)
    trace: Trace | None = None
