"""A workbook's parts looked through before they are opened: what they hold must fit into memory.

A small zip may hold gigabytes, and openpyxl builds a tree of each row, of all styles, of all shared strings.
So every part is first run through expat, which keeps nothing, and counted. The ratio of compression says
little:
a competition's form with the same answer in each row is packed 240 to 1 and is honest.
"""

import re
import zipfile
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS

UNPACKED_LIMIT = 300 * 1024 * 1024
# The texts of all cells, which have to be held at once.
STRINGS_LIMIT = 100 * 1024 * 1024
MOST_STRINGS = 250_000
# Excel's own; a row numbered beyond it would have all rows before it made up.
LAST_ROW = 1_048_576
# Excel has 16,384 columns and 32,767 letters in a cell; a row of ours has some twenty cells.
ROW_LIMIT = 8 * 1024 * 1024
MOST_IN_ROW = 65_536
# Styles, theme, the list of sheets: read whole.
OTHER_LIMIT = 10 * 1024 * 1024
MOST_OTHER = 50_000
# Names of elements and attributes, a tag with its attributes, a comment: kept by the parser.
MOST_NAMES = 1000
TAG_LIMIT = 1024 * 1024
MOST_PARTS = 10_000
_BLOCK = 64 * 1024
_ENTRY = b"PK\x01\x02"
_COLUMN = re.compile("[A-Za-z]{1,3}")


class PartsError(Exception):
    """Why the workbook cannot be opened, in one sentence."""


def too_many_parts(path: Path) -> bool:
    """Whether the zip's list alone is more than a workbook's; told without reading it into memory."""
    found, tail = 0, b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found += (tail + block).count(_ENTRY)
            tail = block[-len(_ENTRY) + 1 :]
    return found > MOST_PARTS


def look_through(file: IO[bytes]) -> dict[str, str]:
    """Each XML part's name with the name of its outermost element. `PartsError` where it would not fit."""
    roots = {}
    with zipfile.ZipFile(file) as archive:
        for part in archive.infolist():
            with archive.open(part) as content:
                roots[part.filename] = _Part(part.file_size).read(content)
    return roots


class BoundedReader(ExcelReader):
    """openpyxl's, without what we never show, and reading each part as what it is only."""

    package: Manifest

    def __init__(self, file: IO[bytes], roots: dict[str, str]) -> None:
        super().__init__(file, read_only=True, data_only=False, keep_links=False)
        self.roots = roots

    def read_strings(self) -> None:
        # Found by its type: it may go by any name.
        part = self.package.find(SHARED_STRINGS)
        if part is not None and self.roots.get(part.PartName[1:]) not in ("sst", None):
            raise ValueError("shared strings that are none")
        super().read_strings()

    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """Charts come with pictures."""

    def read_theme(self) -> None:
        """Colours."""

    def read_worksheets(self) -> None:
        super().read_worksheets()
        for sheet in self.wb.worksheets:
            if self.roots.get(sheet._worksheet_path) != "worksheet":
                raise ValueError("a sheet that is none")


class _Part:
    """Counts one part's elements. What is no XML is let pass: openpyxl stops at the same place."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.root = ""
        self._names: set[str] = set()
        self._strings = self._others = self._rows = 0
        self._last = 0
        self._in_row = False
        self._row_start = self._row_elements = 0
        self._column = (0, "")
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def read(self, content: IO[bytes]) -> str:
        fed = 0
        try:
            while block := content.read(_BLOCK):
                fed += len(block)
                self._parser.Parse(block)
                done = self._parser.CurrentByteIndex
                if fed - done > TAG_LIMIT or (self._in_row and done - self._row_start > ROW_LIMIT):
                    raise PartsError(_too_large())
            self._parser.Parse(b"", True)
        except expat.ExpatError:
            pass
        return self.root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._names) < MOST_NAMES:
            self._names.add(name)
            self._names.update(attributes)
        elif name not in self._names or not self._names.issuperset(attributes):
            raise PartsError(_too_large())
        name = name.rpartition(":")[2]
        if not self.root:
            self.root = name
            limit = {"worksheet": UNPACKED_LIMIT, "sst": STRINGS_LIMIT}.get(name, OTHER_LIMIT)
            if self._size > limit:
                raise PartsError(_too_large())
        if name == "row" and self.root == "worksheet":
            self._start_row(attributes)
        elif self._in_row:
            self._row_elements += 1
            if name == "c":
                self._start_cell(attributes)
        elif self.root == "sst":
            # With the pieces of which a text with formats is made.
            self._strings += name == "si"
            self._others += name not in ("si", "t")
        else:
            self._others += 1
        self._check_counts()

    def _check_counts(self) -> None:
        others = 4 * MOST_STRINGS if self.root == "sst" else MOST_OTHER
        if (
            self._row_elements > MOST_IN_ROW
            or self._strings > MOST_STRINGS
            or self._others > others
            or self._rows > LAST_ROW
        ):
            raise PartsError(_too_large())

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows += 1
        self._in_row, self._row_elements = True, 0
        self._row_start = self._parser.CurrentByteIndex
        self._column = (0, "")
        number = _whole(attributes.get("r")) or self._last + 1
        if number <= self._last:
            message = _(
                "baris %(row)d berdiri sesudah baris %(last)d, sehingga sebagian baris tidak terbaca. "
                "Buka dan simpan ulang dengan Excel lalu ulangi."
            )
            raise PartsError(message % {"row": number, "last": self._last})
        self._last = number

    def _start_cell(self, attributes: dict[str, str]) -> None:
        found = _COLUMN.match(attributes.get("r", ""))
        if found is None:
            return
        column = (len(found[0]), found[0].upper())
        if column <= self._column:
            message = _(
                "sel %(cell)s ada dua kali atau tidak pada urutannya. "
                "Buka dan simpan ulang dengan Excel lalu ulangi."
            )
            raise PartsError(message % {"cell": attributes["r"][:20]})
        self._column = column

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "row":
            self._in_row = False

    def _refuse_doctype(self, *args: object) -> None:
        raise PartsError(_("buku kerja rusak; simpan ulang dari Excel lalu ulangi."))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0


def _too_large() -> str:
    return _("isi buku kerja terlalu besar setelah dibuka; bagi menjadi beberapa berkas.")
