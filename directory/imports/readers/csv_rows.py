"""CSV files, in any dialect a spreadsheet writes."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from cms.cells import restore
from directory.imports.adapter import Column
from directory.imports.readers.columns import (
    OLE,
    SAMPLE,
    ZIP,
    aliases,
    check_cells,
    column_name,
    headings,
    name_columns,
    open_sample,
    refusal,
    unknown_names,
)
from directory.imports.types import Problem, RawRow

# Above what one row may hold, so that a cell between the two limits can still be named.
LINE_LIMIT = 4_000_000
# Enough to tell the delimiter by, however long the line.
HEADER_LOOKED_AT = 20_000
DELIMITERS = ",;\t|"


class CsvRows:
    """The rows of a CSV file, under the names of the adapter's columns.

    Raises `UnreadableFileError` where the file as a whole is not one of ours. What is wrong with a single row
    goes into that row's problems, and the rows after it are still read.
    """

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self.path = path
        self.columns = columns
        self.headings: dict[str, str] = {}
        self.unknown: list[str] = []
        self.size, sample = open_sample(path)
        if reason := _why_not_csv(sample):
            raise refusal(path, reason)
        self._binary: IO[bytes] | None = None

    @property
    def position(self) -> int:
        """Bytes read so far, for a progress bar."""
        return self._binary.tell() if self._binary and not self._binary.closed else 0

    def __iter__(self) -> Iterator[RawRow]:
        with self.path.open("rb") as self._binary:
            # Undecodable bytes become lone surrogates: the row that holds them is refused by name.
            text = io.TextIOWrapper(self._binary, "utf-8-sig", errors="surrogateescape", newline="")
            lines = _Lines(text)
            yield from self._rows(lines, _skip_separator_line(lines))

    def _rows(self, lines: "_Lines", first_line: str) -> Iterator[RawRow]:
        previous_limit = csv.field_size_limit(LINE_LIMIT)
        try:
            lines.push_back(first_line)
            reader = csv.reader(lines, delimiter=_find_delimiter(first_line, self.columns))
            header = next(reader, [])
            names = name_columns(self.path, header, self.columns)
            self.headings = headings(names, header)
            self.unknown = unknown_names(names, self.columns)
            number = 1
            while True:
                number += 1
                lines.pending = 0
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except RowTooLongError as error:
                    yield RawRow(number, {}, [_unreadable_row(number, error)])
                    return
                except csv.Error as error:
                    yield RawRow(number, {}, [_unreadable_row(number, error)])
                    continue
                if any(cell.strip() for cell in cells):
                    yield _row(number, cells, names, self.columns, lines.take_overlong())
        finally:
            csv.field_size_limit(previous_limit)


class RowTooLongError(csv.Error):
    """A row without end: what comes after it is not read."""


class _Lines:
    """Lines of bounded length: one overlong line is cut and remembered, and never fills the memory."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._pushed: list[str] = []
        self._overlong = False
        # Letters of the row being read, which may go over many lines.
        self.pending = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._pushed.pop() if self._pushed else self._text.readline(LINE_LIMIT)
        self.pending += len(line)
        if self.pending > LINE_LIMIT + SAMPLE:
            raise RowTooLongError(_("tanda kutip mungkin tidak ditutup"))
        if not line:
            raise StopIteration
        if len(line) == LINE_LIMIT and not line.endswith(("\n", "\r")):
            self._overlong = True
            rest = line
            while rest and not rest.endswith(("\n", "\r")):
                rest = self._text.readline(LINE_LIMIT)
        return line

    def push_back(self, line: str) -> None:
        if line:
            self._pushed.append(line)

    def take_overlong(self) -> bool:
        overlong, self._overlong = self._overlong, False
        return overlong


def _why_not_csv(start: bytes) -> str:
    if start.startswith((ZIP, OLE)):
        return _("ini buku kerja Excel, bukan CSV. Simpan sebagai “CSV UTF-8” lalu ulangi.")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _("penyandian berkas UTF-16, bukan UTF-8. Simpan sebagai “CSV UTF-8” lalu ulangi.")
    first_line = start.split(b"\n", 1)[0]
    if b"\x00" in first_line or start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"\x1f\x8b")):
        return _("ini bukan berkas CSV.")
    return ""


def _skip_separator_line(lines: _Lines) -> str:
    """The header line; Excel may put a line `sep=;` before it."""
    first = next(lines, "")
    return next(lines, "") if first.lower().startswith("sep=") else first


def _find_delimiter(header: str, columns: Sequence[Column]) -> str:
    known = aliases(columns).keys()
    header = header[:HEADER_LOOKED_AT]

    def names_found(delimiter: str) -> int:
        return len(known & {column_name(cell.strip('"')) for cell in header.split(delimiter)})

    # Where no name is known yet, the one there is most of.
    return max(DELIMITERS, key=lambda delimiter: (names_found(delimiter), header.count(delimiter)))


def _row(
    number: int, cells: list[str], names: list[str], columns: Sequence[Column], overlong: bool
) -> RawRow:
    row = RawRow(number, {name: restore(cell) for name, cell in zip(names, cells, strict=False) if name})
    problems = row.problems
    if overlong:
        problems.append(Problem(number, "", _("baris terlalu panjang untuk dibaca.")))
    if any(cell.strip() for cell in cells[len(names) :]):
        message = _(
            "baris berisi %(found)d sel, padahal ada %(expected)d kolom; periksa pemisah dan tanda kutip."
        )
        problems.append(Problem(number, "", message % {"found": len(cells), "expected": len(names)}))
    absent = [c.name for c in columns if c.required and c.name in names[len(cells) :]]
    if absent:
        message = _("baris terputus sebelum kolom ini; periksa pemisah dan tanda kutip.")
        problems.append(Problem(number, absent[0], message))
    check_cells(row)
    return row


def _unreadable_row(number: int, error: csv.Error) -> Problem:
    return Problem(number, "", _("baris tidak dapat dibaca (%(error)s).") % {"error": error})
