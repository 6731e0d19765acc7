"""A table as a file: CSV, XLSX or JSON, written as a stream so that memory stays flat."""

import json
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from openpyxl import Workbook

from cms.cells import XLSX, csv_line, excel_cell
from directory.export.contract import FLAGS, LISTS, NUMBERS
from directory.export.table import Table

# Rows handed on at once: a message to the server for each row would take longer than the row.
AT_ONCE = 50


def csv_lines(table: Table) -> Iterator[str]:
    """UTF-8 with a byte-order mark, as Excel wants it; no cell acts as a formula."""
    yield "\ufeff" + csv_line(table.names)
    rows = iter(table)
    while part := list(islice(rows, AT_ONCE)):
        yield "".join(map(csv_line, part))


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
