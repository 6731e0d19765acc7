"""What a source adapter is: which columns its files have and what each of them claims."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from directory.choices import Source
from directory.imports.types import RawRow


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file and the claim it makes (a name that `recognition` or `validation` knows).

    `convert` is the column's value map (see `values`): the source's wording to ours. `ValueError(message)`
    refuses the row, `NotRecognisedError(message)` leaves the value empty and reports it.
    `shorten`: see `Cell`.
    """

    name: str
    claim: str
    required: bool = True
    aliases: tuple[str, ...] = ()
    convert: Callable[[str], str] | None = None
    shorten: bool = False


class Rows(Protocol):
    """A file being read; `size` and `position` in bytes, for the progress bar.

    `headings`: the names its rows' values are kept by → what the file calls these columns.
    """

    size: int
    headings: dict[str, str]
    unknown: list[str]

    @property
    def position(self) -> int: ...

    def __iter__(self) -> Iterator[RawRow]: ...


@dataclass(frozen=True, slots=True)
class Adapter:
    """One source: the file's columns, how it is read, and whether its records go live at once.

    `own`: its rows are what the portal exports (`directory.imports.exported`), no claims to recognise.
    """

    name: str
    source: Source
    columns: tuple[Column, ...]
    read: Callable[[Path, tuple[Column, ...]], Rows]
    publish: bool
    own: bool = False
