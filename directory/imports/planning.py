"""Fourth stage: what would be done with each record, compared with what is there. Writes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.utils.translation import gettext as _

from directory.imports import mistaken
from directory.imports.adapter import Adapter
from directory.imports.duplicates import DuplicateFinder, Entry
from directory.imports.exported import pages_by_number, plan_exported, registry_number
from directory.imports.field_kinds import References
from directory.imports.fields import FIELDS, same
from directory.imports.pages import (
    all_records,
    editable_content,
    entries,
    pages_for_planning,
    why_not_writable,
)
from directory.imports.types import Action, Change, Duplicate, PlannedRow, Record
from directory.models import InnovationPage, SourceRecord

CHUNK = 50


def plan(
    records: Iterable[Record], adapter: Adapter, references: References, chunk: int = CHUNK
) -> Iterator[list[PlannedRow]]:
    """Planned rows, in chunks in the file's order; a constant number of queries a chunk."""
    first_rows: dict[str, int] = {}
    remaining = iter(records)
    finder = others(adapter)
    while part := list(islice(remaining, chunk)):
        for record in part:
            _refuse_repeated(record, first_rows)
        yield _plan_chunk(part, adapter, finder, references)


def _refuse_repeated(record: Record, first_rows: dict[str, int]) -> None:
    if record.is_refused:
        return
    first = first_rows.setdefault(record.key, record.row.number)
    if first != record.row.number:
        record.refuse("", _("sama dengan baris %(row)d (nomor, atau judul dan instansi).") % {"row": first})


def _plan_chunk(
    records: Sequence[Record], adapter: Adapter, finder: DuplicateFinder, references: References
) -> list[PlannedRow]:
    keys = [record.key for record in records if not record.is_refused]
    found = SourceRecord.objects.filter(source=adapter.source, record_id__in=keys)
    known = {row.record_id: row for row in found}
    pages = {page.pk: page for page in pages_for_planning(row.page_id for row in known.values())}
    ours = pages_by_number(keys) if adapter.own else {}
    planned = []
    for record in records:
        source_record = known.get(record.key)
        if record.is_refused:
            planned.append(PlannedRow(record, Action.REFUSED))
        elif adapter.own and registry_number(record.key):
            planned.append(plan_exported(record, ours.get(record.key), references))
        elif source_record is None:
            planned.append(plan_new(record, finder))
        else:
            planned.append(plan_known(record, source_record, pages[source_record.page_id]))
    return planned


def others(adapter: Adapter) -> DuplicateFinder:
    """The records this source has not brought, to be compared with those it brings. Our own rows have no
    source: one without a number may be any record there is."""
    records = all_records()
    if not adapter.own:
        records = records.exclude(source_records__source=adapter.source)
    return DuplicateFinder(entries(records))


def plan_new(record: Record, finder: DuplicateFinder) -> PlannedRow:
    changes = [
        Change(name, FIELDS[name].empty, value)
        for name, value in record.values.items()
        if not same(value, FIELDS[name].empty)
    ]
    planned = PlannedRow(record, Action.CREATE, changes)
    values = record.values
    entry = Entry(
        0, values.get("title", ""), values.get("institution") or "", values.get("region") or "", record.year
    )
    for other, found in finder.likely(entry):
        planned.action = Action.DUPLICATE
        planned.duplicates.append(Duplicate(other.id, other.title, round(found.score), ", ".join(found.why)))
    return planned


def plan_known(record: Record, source_record: SourceRecord, page: InnovationPage) -> PlannedRow:
    """Field by field: what differs from the last import and is still as that import left it is updated,
    what an editor has changed since is a conflict."""
    content = editable_content(page)
    if mistaken.is_another(record, source_record, content):
        record.refuse("", mistaken.reason(record, content))
        return PlannedRow(record, Action.REFUSED)
    planned = PlannedRow(record, Action.UNCHANGED, page_id=page.pk)
    for name, new in record.values.items():
        if name in source_record.yielded:
            continue
        field = FIELDS[name]
        current = field.get(content)
        if same(current, new):
            continue
        untouched = same(current, source_record.applied.get(name, field.empty))
        (planned.changes if untouched else planned.conflicts).append(Change(name, current, new))
    _explain_conflicts(planned, source_record)
    if planned.changes and (reason := why_not_writable(page)):
        record.notice("", reason)
        planned.conflicts += planned.changes
        planned.changes = []
    if planned.conflicts:
        planned.action = Action.CONFLICT
    elif planned.changes or is_row_news(record, source_record) or _is_settled(record, source_record):
        planned.action = Action.UPDATE
    return planned


def is_row_news(record: Record, source_record: SourceRecord) -> bool:
    """Whether the source's own row differs from the one kept, though no field of the profile does."""
    kept = (source_record.raw, source_record.year, source_record.url)
    return (record.row.values, record.year, record.url) != kept


def _is_settled(record: Record, source_record: SourceRecord) -> bool:
    """Whether the portal now holds what the file says though the import never wrote it: an editor settled a
    conflict. To be noted, or the source's next change would be one again."""
    return any(
        not same(value, source_record.applied.get(name, FIELDS[name].empty))
        for name, value in record.values.items()
        if name not in source_record.yielded
    )


def _explain_conflicts(planned: PlannedRow, source_record: SourceRecord) -> None:
    for change in planned.conflicts:
        applied = source_record.applied.get(change.field, FIELDS[change.field].empty)
        if same(change.new, applied):
            message = _("%(field)s disunting di portal sejak impor terakhir; nilai di portal dibiarkan.")
        else:
            message = _(
                "%(field)s disunting di portal dan juga berubah di berkas; nilai di portal dibiarkan."
            )
        planned.record.notice("", message % {"field": FIELDS[change.field].label})
