"""Rows of our own export, read back: which record a row is of, and what it would change there.

A cell that says what the record says changes nothing, whatever its form. One that differs is written where
nobody has edited the record since the file was made (the row names the revision), and is a conflict where
somebody has. Only what differs is checked: what was once let in may stay.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.cells import TOO_LONG
from directory.choices import OperationalStatus
from directory.derived.completeness import SUBMISSION_FIELDS
from directory.export import cells
from directory.export.contract import BY_FIELD, COLUMNS, NUMBER, REVISION
from directory.export.contract import Column as ContractColumn
from directory.imports.field_kinds import References
from directory.imports.fields import FIELDS, same
from directory.imports.pages import editable_content, why_not_writable, with_all
from directory.imports.text import identity, one_line
from directory.imports.types import Action, Change, PlannedRow, Record
from directory.models import InnovationPage
from directory.models.registry import registry_code

_CODE = re.compile(r"INO-(\d{1,18})", re.ASCII)
_DEMANDED = {name.replace("narrative-", "narrative.") for name in SUBMISSION_FIELDS}


def registry_number(key: str) -> int | None:
    """123 for "INO-000123", None for what is no registry number."""
    match = _CODE.fullmatch(key)
    return int(match[1]) if match else None


def recognise(record: Record, references: References) -> None:
    """Fills a row's key; a new record's values too, each checked."""
    given = one_line(record.row.values.get(NUMBER, "")).upper()
    if given:
        number = registry_number(given)
        record.key = registry_code(number) if number else given
        record.values["title"] = one_line(record.row.values.get("title", ""))
        if not number:
            message = _("“%(text)s” bukan nomor registrasi seperti INO-000123; kosongkan untuk inovasi baru.")
            record.refuse(NUMBER, message % {"text": given[:40]})
        return
    for column in _given(record):
        try:
            record.values[column.field] = column.cell.read(record.row.values[column.name], references)
        except ValidationError as error:
            record.refuse(column.name, " ".join(error.messages))
    title = record.values.get("title", "")
    if not title and not record.is_refused:
        record.refuse("title", _("wajib diisi."))
    record.year = record.values.get("year")
    record.key = identity(title, record.values.get("institution") or "")


def revision_mark(page: Any) -> str:
    """Which state of a page a row was made from: "123-5f2a". Autosave writes the same revision again, at
    another time; "" for a page without revisions."""
    if not page.latest_revision_id:
        return ""
    written = page.latest_revision_created_at
    return f"{page.latest_revision_id}-{int(written.timestamp() * 1000) if written else 0:x}"


def pages_by_number(keys: Iterable[str]) -> dict[str, InnovationPage]:
    """The records' pages in their source language, by registry code."""
    numbers = [number for key in keys if (number := registry_number(key)) is not None]
    pages = InnovationPage.objects.filter(
        registry_number__in=numbers, alias_of=None, locale__language_code=settings.LANGUAGE_CODE
    )
    return {page.registry_code: page for page in with_all(pages)}


def plan_exported(record: Record, page: InnovationPage | None, references: References) -> PlannedRow:
    """What a row would change in its record; `page` None where there is no such record (any more)."""
    if page is None:
        record.refuse(NUMBER, _("tidak ada inovasi bernomor %(number)s.") % {"number": record.key[:40]})
        return PlannedRow(record, Action.REFUSED)
    content = editable_content(page)
    planned = PlannedRow(record, Action.UNCHANGED, page_id=page.pk)
    for column in _given(record):
        change = _change(record, column, content, page, references)
        if change:
            record.values[column.field] = change.new
            planned.changes.append(change)
    if page.live:
        _demand(record, planned.changes)
    if record.is_refused:
        planned.action, planned.changes = Action.REFUSED, []
    elif planned.changes and (reason := _why_not(record, page) or why_not_writable(page)):
        record.notice("", reason)
        planned.action, planned.conflicts, planned.changes = Action.CONFLICT, planned.changes, []
    elif planned.changes:
        planned.action = Action.UPDATE
    return planned


def _demand(record: Record, changes: Iterable[Change]) -> None:
    """What the form demands of a record that is published: none of it may be emptied."""
    for change in changes:
        if change.field in _DEMANDED and same(change.new, FIELDS[change.field].empty):
            record.refuse(BY_FIELD[change.field].name, _("wajib ada di profil yang sudah terbit."))
    told = {change.field: change.new for change in changes}
    reason = told.get("operational_status_reason", record.row.values.get("operational_status_reason", ""))
    if told.get("operational_status") == OperationalStatus.STOPPED and not reason:
        message = _("inovasi berhenti: tulis alasannya di operational_status_reason.")
        record.refuse("operational_status", message)


def _given(record: Record) -> list[ContractColumn]:
    """The columns the file has and can speak of."""
    cells = record.row.values
    return [column for column in COLUMNS if column.name in cells and cells[column.name] != TOO_LONG]


def _change(
    record: Record, column: ContractColumn, content: Any, page: InnovationPage, references: References
) -> Change | None:
    text = record.row.values[column.name]
    # The published state too: a public export has that, whatever is being drafted.
    states = (content, page) if page.live else (content,)
    written = [column.write(state) for state in states]
    if text in written or ((rows := cells.rows(text)) and rows in map(cells.rows, written)):
        return None
    try:
        new = column.cell.read(text, references)
    except ValidationError as error:
        record.refuse(column.name, " ".join(error.messages))
        return None
    if any(_alike(column, new, _normal(column, state, references)) for state in states):
        return None
    return Change(column.field, FIELDS[column.field].get(content), new)


def _alike(column: ContractColumn, new: Any, current: Any) -> bool:
    if column.field == "tags":
        # A tag is one tag in whatever case.
        return [word.casefold() for word in new] == [word.casefold() for word in current]
    return same(new, current)


def _normal(column: ContractColumn, content: Any, references: References) -> Any:
    """A record's value as its cell would be read back."""
    try:
        return column.cell.read(column.write(content), references)
    except ValidationError:
        return FIELDS[column.field].get(content)


def _why_not(record: Record, page: InnovationPage) -> str:
    if one_line(record.row.values.get(REVISION, "")) == revision_mark(page):
        return ""
    return _(
        "disunting di portal sejak berkas ini diekspor; nilai di portal dibiarkan. Ekspor lagi, lalu ulangi."
    )
