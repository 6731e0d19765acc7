"""The log as a file for a spreadsheet, written as it is read: memory stays flat, however long it is."""

import json
import tempfile
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from wagtail.coreutils import get_content_type_label
from wagtail.log_actions import registry
from wagtail.models import BaseLogEntry

from cms.cells import XLSX, csv_line, excel_cell
from institutions.audit.entries import entries_of

COLUMNS = [
    *(_("Waktu"), _("Orang"), _("Nama akun"), _("Nomor akun"), _("Tindakan"), _("Kode tindakan")),
    *(_("Keterangan"), _("Jenis"), _("Nomor"), _("Nama"), _("Data")),
]
AT_ONCE = 500
# What a sheet of Excel holds, and some room.
SHEET_ROWS = 1_000_000


def respond(rows: QuerySet, kind: str) -> HttpResponseBase:
    """A download of these rows (see `entries_of`) as "csv" or "xlsx"."""
    heading, language = [str(name) for name in COLUMNS], get_language() or settings.LANGUAGE_CODE
    response: HttpResponseBase
    if kind == "csv":
        stream = csv_parts(rows, heading, language)
        response = StreamingHttpResponse(stream, content_type="text/csv; charset=utf-8")
    else:
        response = FileResponse(workbook(rows, heading, language), content_type=XLSX)
    name = content_disposition_header(True, f"jejak-tindakan-{timezone.localdate().isoformat()}.{kind}")
    response["Content-Disposition"] = name or "attachment"
    response["Cache-Control"] = "no-store"
    return response


def lines(rows: QuerySet, language: str) -> Iterator[list[list[str]]]:
    """The cells of all rows, some rows at once."""
    remaining = rows.iterator(chunk_size=AT_ONCE)
    while part := list(islice(remaining, AT_ONCE)):
        # A stream is read when the request, and its language, are over.
        with override(language):
            cells = [_cells(entry) for entry in entries_of(part)]
        yield cells


def csv_parts(rows: QuerySet, heading: list[str], language: str) -> Iterator[str]:
    """UTF-8 with a byte-order mark, as Excel wants it; no cell acts as a formula."""
    yield "\ufeff" + csv_line(heading)
    for part in lines(rows, language):
        yield "".join(map(csv_line, part))


def workbook(rows: QuerySet, heading: list[str], language: str) -> IO[bytes]:
    """A temporary file, gone when it is closed; a further sheet where one is full."""
    book: Any = Workbook(write_only=True)
    sheet, free = _sheet(book, heading), SHEET_ROWS
    for part in lines(rows, language):
        if free < len(part):
            sheet, free = _sheet(book, heading), SHEET_ROWS
        for cells in part:
            sheet.append([excel_cell(text, sheet) for text in cells])
        free -= len(part)
    file = tempfile.TemporaryFile()  # noqa: SIM115, the response closes it
    book.save(file)
    file.seek(0)
    return file


def _sheet(book: Any, heading: list[str]) -> Any:
    sheet = book.create_sheet(gettext("Jejak tindakan"))
    sheet.freeze_panes = "A2"
    sheet.append(heading)
    return sheet


def _cells(entry: BaseLogEntry) -> list[str]:
    known = entry.action in registry.formatters
    return [
        timezone.localtime(entry.timestamp).isoformat(timespec="seconds"),
        str(entry.user_display_name) if entry.user_id else "",
        entry.user.get_username() if entry.user else "",
        str(entry.user_id or ""),
        str(registry.get_action_label(entry.action)) if known else "",
        entry.action,
        str(entry.message),
        str(get_content_type_label(entry.content_type)),
        str(entry.object_id),
        entry.label,
        json.dumps(entry.data, ensure_ascii=False) if entry.data else "",
    ]
