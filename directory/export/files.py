"""A table as a file: CSV, XLSX or JSON, written as a stream so that memory stays flat."""

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cms.cells import neutralise
from directory.export.contract import FLAGS, LISTS, NUMBERS
from directory.export.table import Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What Excel holds in a cell. An import leaves the field of such a cell alone.
CELL_LIMIT = 32_767
TOO_LONG = "(terlalu panjang untuk Excel; ada di CSV dan JSON)"
# Rows handed on at once: a message to the server for each row would take longer than the row.
AT_ONCE = 50
_NOT_IN_XML = re.compile(rf"{ILLEGAL_CHARACTERS_RE.pattern}|[\ufffe\uffff]")


def csv_lines(table: Table) -> Iterator[str]:
    """UTF-8 with a byte-order mark, as Excel wants it; no cell acts as a formula."""
    yield "\ufeff" + _csv_line(table.names)
    rows = iter(table)
    while part := list(islice(rows, AT_ONCE)):
        yield "".join(map(_csv_line, part))


def _csv_line(cells: Iterable[str]) -> str:
    """RFC 4180, every cell in quotes: `csv.writer` looks at each letter to see whether it must be, which took
    a third of a download's time."""
    safe = (neutralise(cell).replace('"', '""') for cell in cells)
    return ",".join(f'"{cell}"' if cell else "" for cell in safe) + "\r\n"


def json_lines(table: Table) -> Iterator[str]:
    """A list of objects, one a line: lists as lists, numbers as numbers, nothing for an empty cell."""
    opening = "[\n"
    for row in table:
        pairs = zip(table.names, row, strict=True)
        said = {name: _plain(name, text) for name, text in pairs if text}
        yield opening + json.dumps(said, ensure_ascii=False)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def _plain(name: str, text: str) -> Any:
    if name in LISTS:
        return json.loads(text) if text.startswith("[") else text.split("; ")
    if name in NUMBERS:
        return int(text)
    return text == "yes" if name in FLAGS else text


def workbook(table: Table) -> IO[bytes]:
    """A temporary file, gone when it is closed."""
    book: Any = Workbook(write_only=True)
    sheet = book.create_sheet("Inovasi")
    sheet.freeze_panes = "A2"
    sheet.append(list(table.names))
    for row in table:
        sheet.append([excel_cell(text, sheet) for text in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115, the response closes it
    book.save(file)
    file.seek(0)
    return file


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


def respond(table: Table, kind: str, stem: str) -> HttpResponseBase:
    """A download of the table as one of `KINDS`."""
    response = KINDS[kind](table)
    name = content_disposition_header(True, f"{stem}.{kind}")
    response["Content-Disposition"] = name or "attachment"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


KINDS: dict[str, Callable[[Table], HttpResponseBase]] = {
    "csv": lambda table: StreamingHttpResponse(csv_lines(table), content_type="text/csv; charset=utf-8"),
    "xlsx": lambda table: FileResponse(workbook(table), content_type=XLSX),
    "json": lambda table: StreamingHttpResponse(json_lines(table), content_type="application/json"),
}
