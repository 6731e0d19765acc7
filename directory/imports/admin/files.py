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

from directory.imports.adapter import Adapter
from directory.imports.readers.columns import REASON
from directory.imports.readers.json_rows import JsonRows
from directory.imports.readers.xlsx_rows import XlsxRows
from directory.imports.text import neutralise
from directory.imports.types import Action, Severity
from directory.models import ImportBatch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template(adapter: Adapter) -> HttpResponseBase:
    """The source's columns and no rows."""
    names = [column.name for column in adapter.columns]
    rows = [dict.fromkeys(names, "")] if adapter.read is JsonRows else []
    return _file(adapter, f"{adapter.name}-templat", names, rows)


def refused(batch: ImportBatch, adapter: Adapter) -> HttpResponseBase:
    """The refused rows as the file had them, each with the reason in a column of its own."""
    names = [REASON, *(column.name for column in adapter.columns), *batch.unknown_columns]
    stem = batch.file_name.rsplit(".", 1)[0]
    return _file(adapter, f"{stem}-ditolak", names, _refused_rows(batch))


def _refused_rows(batch: ImportBatch) -> Iterator[dict[str, str]]:
    for row in batch.rows.filter(outcome=Action.REFUSED).order_by("number").iterator(500):
        errors = [(column, text) for column, text, kind in row.problems if kind == Severity.ERROR]
        reasons = (f"{column}: {text}" if column else text for column, text in errors)
        yield {REASON: " | ".join(reasons), **row.raw}


def _file(
    adapter: Adapter, stem: str, names: Sequence[str], rows: Iterable[dict[str, str]]
) -> HttpResponseBase:
    if adapter.read is XlsxRows:
        response: HttpResponseBase = HttpResponse(_workbook(names, rows), content_type=XLSX)
        ending = "xlsx"
    elif adapter.read is JsonRows:
        content = json.dumps(list(rows), ensure_ascii=False, indent=1)
        response, ending = HttpResponse(content, content_type="application/json"), "json"
    else:
        response = StreamingHttpResponse(_csv(names, rows), content_type="text/csv; charset=utf-8")
        ending = "csv"
    response["Content-Disposition"] = content_disposition_header(True, f"{stem}.{ending}") or "attachment"
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
        sheet.append([neutralise(row.get(name, "")) for name in names])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
