"""Texts in cells of files for spreadsheets: made harmless on the way out, put back on the way in."""

import re
from collections.abc import Iterable
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What Excel holds in a cell. An import leaves the field of such a cell alone.
CELL_LIMIT = 32_767
TOO_LONG = "(terlalu panjang untuk Excel; ada di CSV dan JSON)"
# The wide forms too: some spreadsheets read them as the narrow ones.
_SUSPECT = frozenset("'=+-@\t\r＝＋－＠")
_NOT_IN_XML = re.compile(rf"{ILLEGAL_CHARACTERS_RE.pattern}|[\ufffe\uffff]")
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def neutralise(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: with an apostrophe in front, where it needs one.

    One that already has it gets a second, so that `restore` gives back what was there.
    """
    return f"'{cell}" if cell[:1] in _SUSPECT and _FORMULA.match(cell) else cell


def restore(cell: str) -> str:
    """A spreadsheet's cell without the apostrophe `neutralise` has put there."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def csv_line(cells: Iterable[str]) -> str:
    """RFC 4180, no cell a formula, every cell in quotes: `csv.writer` looks at each letter to see whether it
    must be, which took a third of a download's time."""
    safe = (neutralise(cell).replace('"', '""') for cell in cells)
    return ",".join(f'"{cell}"' if cell else "" for cell in safe) + "\r\n"


def excel_cell(text: str, sheet: Any) -> Any:
    """A text as a cell of a workbook can hold it, never a formula or an error."""
    if len(text) >= CELL_LIMIT:
        return TOO_LONG
    # XML knows one kind of line end: a cell that begins with another would begin otherwise when it is read.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = neutralise(_NOT_IN_XML.sub(" ", text))
    if not text.startswith("#"):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # "#N/A" as a text
    return cell
