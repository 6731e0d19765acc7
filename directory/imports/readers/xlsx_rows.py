"""Excel workbooks (XLSX): the first visible sheet that has our columns, read row by row."""

import datetime
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import TranslatorError
from openpyxl.utils.exceptions import InvalidFileException

from cms.cells import restore
from directory.imports.adapter import Column
from directory.imports.readers.columns import (
    MOST_COLUMNS,
    OLE,
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
from directory.imports.readers.xlsx_parts import (
    LAST_ROW,
    UNPACKED_LIMIT,
    BoundedReader,
    PartsError,
    look_through,
    too_many_parts,
)
from directory.imports.types import Problem, RawRow

HEADER_WITHIN = 10
HEADING_LOOKED_AT = 300
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, InvalidFileException, ParseError, DefusedXmlException,
    KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError, RuntimeError,
    OverflowError, AssertionError, TokenizerError, TranslatorError,
)  # fmt: skip


class XlsxRows:
    """The rows of a workbook, under the names of the adapter's columns.

    Raises `UnreadableFileError` where the file as a whole is not one of ours.
    """

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self.path = path
        self.columns = columns
        self.headings: dict[str, str] = {}
        self.unknown: list[str] = []
        self.size, sample = open_sample(path)
        if reason := _why_not_workbook(sample) or _why_not_unpacked(path):
            raise refusal(path, reason)
        self._share = 0.0

    @property
    def position(self) -> int:
        """About how many bytes have been read, for a progress bar."""
        return int(self.size * min(self._share, 1.0))

    def __iter__(self) -> Iterator[RawRow]:
        # Opened here, not by its path: what a file is called says nothing of what it is.
        with self.path.open("rb") as file, closing(self._open(file)) as book:
            sheet, header, first = self._find_header(book)
            names = name_columns(self.path, header, self.columns)
            self.headings = headings(names, header)
            self.unknown = unknown_names(names, self.columns)
            yield from self._rows(sheet, names, first + 1)

    def _open(self, file: IO[bytes]) -> Any:
        try:
            reader = BoundedReader(file, look_through(file))
            reader.read()
            return reader.wb
        except PartsError as error:
            raise refusal(self.path, str(error)) from error
        except BROKEN as error:
            raise refusal(self.path, _("buku kerja rusak; simpan ulang dari Excel lalu ulangi.")) from error

    def _find_header(self, book: Any) -> tuple[Any, list[str], int]:
        """The sheet, its heading cells and their row: the best of the first rows of all visible sheets."""
        known = aliases(self.columns)
        found: list[tuple[int, Any, list[str], int]] = []
        try:
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    continue
                sheet.reset_dimensions()
                for number, cells in enumerate(
                    sheet.iter_rows(max_row=HEADER_WITHIN, max_col=MOST_COLUMNS), 1
                ):
                    # The beginnings alone: ten rows of every sheet may be more than memory holds.
                    texts = [_text(cell)[:HEADING_LOOKED_AT] for cell in cells]
                    score = len({known[column_name(text)] for text in texts if column_name(text) in known})
                    found.append((score, sheet, texts, number))
        except BROKEN as error:
            raise refusal(self.path, _("buku kerja rusak; simpan ulang dari Excel lalu ulangi.")) from error
        best = max(found, key=lambda one: one[0], default=None)
        if best is None or not best[0]:
            message = _(
                "tidak ada lembar dengan judul kolom yang dikenal di %(rows)d baris pertama "
                "(lembar tersembunyi tidak dibaca, sel gabungan dihitung kosong)."
            )
            raise refusal(self.path, message % {"rows": HEADER_WITHIN})
        return best[1:]

    def _rows(self, sheet: Any, names: Sequence[str], first: int) -> Iterator[RawRow]:
        number = first - 1
        total = sheet.max_row or 0
        rows = sheet.iter_rows(min_row=first, max_row=LAST_ROW, max_col=MOST_COLUMNS)
        while True:
            number += 1
            try:
                cells = next(rows)
            except StopIteration:
                return
            except BROKEN:
                message = _("berkas rusak mulai baris ini; baris ini dan sesudahnya tidak terbaca.")
                yield RawRow(number, {}, [Problem(number, "", message)])
                return
            self._share = number / total if total else 0.0
            if any(cell.value is not None and str(cell.value).strip() for cell in cells):
                yield _row(number, cells, names)


def _row(number: int, cells: Sequence[Any], names: Sequence[str]) -> RawRow:
    row = RawRow(number, {})
    for name, cell in zip(names, cells, strict=False):
        if not name:
            continue
        row.values[name] = _text(cell)
        if cell.data_type == "f":
            message = _("sel berisi rumus; salin lalu tempel sebagai nilai.")
            row.problems.append(Problem(number, name, message))
        elif cell.data_type == "e":
            message = _("sel berisi galat Excel (%(error)s).") % {"error": str(cell.value)[:20]}
            row.problems.append(Problem(number, name, message))
    check_cells(row)
    return row


def _text(cell: Any) -> str:
    """A cell as a person sees it: whole numbers without a fraction, dates as 2019-12-31."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return restore(str(value))


def _why_not_workbook(start: bytes) -> str:
    if start.startswith(OLE):
        return _("buku kerja ini dikunci kata sandi, atau berformat Excel lama (.xls). Simpan sebagai .xlsx.")
    if not start.startswith(ZIP):
        return _("ini bukan buku kerja Excel (.xlsx).")
    return ""


def _why_not_unpacked(path: Path) -> str:
    try:
        if too_many_parts(path):
            return _("ini bukan buku kerja Excel (.xlsx).")
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return _("buku kerja rusak; simpan ulang dari Excel lalu ulangi.")
    if any(part.flag_bits & 1 for part in parts):
        return _("berkas dikunci kata sandi; simpan tanpa kata sandi.")
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        return _("ini bukan buku kerja Excel (.xlsx).")
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        return _("isi buku kerja terlalu besar setelah dibuka; bagi menjadi beberapa berkas.")
    return ""
