"""Files to take away: a source's empty template, and the refused rows of an import with the reasons.

Both are in the source's own format, so that what is corrected in them can be imported again.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from openpyxl import Workbook

from cms.cells import XLSX, excel_cell, neutralise
from directory.imports.adapter import Adapter
from directory.imports.readers.columns import REASON
from directory.imports.readers.json_rows import JsonRows
from directory.imports.readers.xlsx_rows import XlsxRows
from directory.imports.types import Action, Severity
from directory.models import ImportBatch


def template(adapter: Adapter) -> HttpResponseBase:
    """The source's columns and no rows."""
    names = [column.name for column in adapter.columns]
    kind = _kind(adapter)
    rows = [dict.fromkeys(names, "")] if kind == "json" else []
    return _file(kind, f"{adapter.name}-templat", names, rows)


def refused(batch: ImportBatch, adapter: Adapter) -> HttpResponseBase:
    """The refused rows as the file had them, each with the reason in a column of its own."""
    names = [REASON, *(column.name for column in adapter.columns), *batch.unknown_columns]
    stem, _dot, ending = batch.file_name.rpartition(".")
    return _file(_kind(adapter, ending.lower()), f"{stem}-ditolak", names, _refused_rows(batch))


def _kind(adapter: Adapter, ending: str = "csv") -> str:
    """The format a source's files have; the portal's own come in any."""
    if adapter.own:
        return ending if ending in ("xlsx", "json") else "csv"
    if adapter.read is XlsxRows:
        return "xlsx"
    return "json" if adapter.read is JsonRows else "csv"


def _refused_rows(batch: ImportBatch) -> Iterator[dict[str, str]]:
    for row in batch.rows.filter(outcome=Action.REFUSED).order_by("number").iterator(500):
        errors = [(column, text) for column, text, kind in row.problems if kind == Severity.ERROR]
        reasons = (f"{column}: {text}" if column else text for column, text in errors)
        yield {REASON: " | ".join(reasons), **row.raw}


def _file(kind: str, stem: str, names: Sequence[str], rows: Iterable[dict[str, str]]) -> HttpResponseBase:
    if kind == "xlsx":
        response: HttpResponseBase = HttpResponse(_workbook(names, rows), content_type=XLSX)
    elif kind == "json":
        content = json.dumps(list(rows), ensure_ascii=False, indent=1)
        response = HttpResponse(content, content_type="application/json")
    else:
        response = StreamingHttpResponse(_csv(names, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{stem}.{kind}") or "attachment"
    return response


def _csv(names: Sequence[str], rows: Iterable[dict[str, str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(names)
    for row in rows:
        yield writer.writerow([neutralise(row.get(name, "")) for name in names])


class _Echo:
    """A file for `csv` that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _workbook(names: Sequence[str], rows: Iterable[dict[str, str]]) -> bytes:
    book: Any = Workbook(write_only=True)
    sheet = book.create_sheet("Inovasi")
    sheet.append(list(names))
    for row in rows:
        sheet.append([excel_cell(row.get(name, ""), sheet) for name in names])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
