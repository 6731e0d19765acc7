"""An import that is kept: received, planned, agreed to, applied. Stopped at any moment it goes on from there.

Every chunk of rows is applied and marked as applied in one transaction. Who applies holds the batch's row
while it does, so that two workers on one batch take turns and never write a row twice.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.imports import mapping
from directory.imports.adapters import ADAPTERS
from directory.imports.applying import Applier
from directory.imports.field_kinds import References
from directory.imports.log import APPLY, CANCEL, DECIDE, UPLOAD
from directory.imports.planning import CHUNK, plan
from directory.imports.recognition import Recogniser
from directory.imports.run import find_index, make_records
from directory.imports.types import (
    Action,
    Change,
    Duplicate,
    PlannedRow,
    Problem,
    RawRow,
    Record,
    Severity,
    UnreadableFileError,
)
from directory.models import ImportBatch, ImportRow

# What applying says of a row.
RESULTS = (
    *("outcome", "page", "problems", "changes", "conflicts"),
    *("written_at", "revision", "trace"),
)
TO_APPLY = (Action.CREATE, Action.UPDATE, Action.CONFLICT)
State = ImportBatch.State


class ImportBusyError(Exception):
    """Another batch of the source is being applied; the message says which."""


def receive(
    source: str, file: Path | File, name: str, user: Any = None, state: str = State.PLANNING
) -> ImportBatch:
    """Keeps the file and opens a batch for it. Nothing is read of it yet but its bytes."""
    with _opened(file) as content:
        digest = hashlib.sha256()
        for block in content.chunks():
            digest.update(block)
        content.seek(0)
        batch = ImportBatch(source=source, file_name=name[:255], file_hash=digest.hexdigest())
        batch.user, batch.state = user, state
        # Under a name of its own: what people call their files is no name for a file of ours.
        batch.file.save(f"{digest.hexdigest()[:16]}{Path(name).suffix.lower()[:10]}", content, save=False)
    with transaction.atomic():
        batch.save()
        log(instance=batch, action=UPLOAD, user=user, data={"sha256": batch.file_hash})
    return batch


def make_plan(batch: ImportBatch, progress: Callable[[int], object] = lambda percent: None) -> None:
    """Plans every row of the batch's file anew. A file that cannot be read fails the batch and says why."""
    batch.rows.all().delete()
    adapter = ADAPTERS[batch.source]
    try:
        with local(batch) as path:
            rows = adapter.read(path, mapping.columns(batch))
            references = References()
            records = make_records(rows, adapter, Recogniser(references))
            for part in plan(records, adapter, references):
                ImportRow.objects.bulk_create([_kept(batch, row) for row in part])
                batch.read_percent = min(99, rows.position * 100 // max(rows.size, 1))
                batch.save(update_fields=["read_percent"])
                progress(batch.read_percent)
    except UnreadableFileError as error:
        batch.rows.all().delete()
        found: dict[str, Any] = {"state": State.FAILED, "error": str(error)}
    else:
        found = {"state": State.PLANNED, "read_percent": 100, "unknown_columns": rows.unknown}
    # Somebody may have given it up meanwhile.
    ImportBatch.objects.filter(pk=batch.pk, state=State.PLANNING).update(**found)
    batch.refresh_from_db()


def begin(batch: ImportBatch) -> None:
    """From now on the batch is applied. Raises `ImportBusyError` while another of its source is."""
    try:
        with transaction.atomic():
            waiting = ImportBatch.objects.filter(pk=batch.pk, state__in=(State.PLANNED, State.DONE))
            if not waiting.update(state=State.APPLYING, started_at=timezone.now()):
                raise ImportBusyError(_("Impor ini tidak menunggu persetujuan lagi."))
            log(instance=batch, action=APPLY)
    except IntegrityError as error:
        raise ImportBusyError(why_busy(batch)) from error
    batch.refresh_from_db()


def apply_some(batch: ImportBatch, most: int | None = None) -> bool:
    """Applies up to `most` rows (all by default); whether rows are left. Goes on where it stopped before."""
    applier = Applier(ADAPTERS[batch.source], find_index(), References())
    done = 0
    while most is None or done < most:
        number = _apply_chunk(batch, applier)
        if not number:
            break
        done += number
    batch.refresh_from_db()
    return batch.state == State.APPLYING


def _apply_chunk(batch: ImportBatch, applier: Applier) -> int:
    """Applies and marks the next rows in one transaction; how many. The last ones finish the batch."""
    with transaction.atomic():
        current = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if current.state != State.APPLYING:
            return 0
        waiting = list(left(current)[:CHUNK])
        planned = [planned_row(row) for row in waiting]
        applier.apply(planned)
        for row, result in zip(waiting, planned, strict=True):
            row.outcome, row.page_id = result.action, result.page_id
            row.problems, row.changes = _problems(result), _changes(result.changes)
            row.conflicts = _changes(result.conflicts)
            if trace := result.trace:
                row.written_at, row.revision = trace.written_at, trace.revision
                row.trace = {"before": trace.before, "after": trace.after}
        ImportRow.objects.bulk_update(waiting, RESULTS)
        if not left(current).exists():
            current.rows.filter(outcome="").update(outcome=F("action"))
            current.state, current.finished_at = State.DONE, timezone.now()
            current.save()
    return len(waiting)


def left(batch: ImportBatch) -> Any:
    """The rows still to be applied, in the file's order; of those that resemble others the decided ones."""
    decided = Q(action=Action.DUPLICATE) & ~Q(decision="")
    return batch.rows.filter(Q(action__in=TO_APPLY) | decided, outcome="").order_by("number")


def decide(row: ImportRow, decision: str, page: int | None = None) -> bool:
    """Says whether a row that resembles others is new or one of them. False where it is too late.

    After the batch is done the row waits until the batch is begun again.
    """
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=row.batch_id)
        current = ImportRow.objects.get(pk=row.pk)
        undecided = current.action == Action.DUPLICATE and current.outcome in ("", Action.DUPLICATE)
        if batch.state not in (State.PLANNED, State.DONE) or not undecided:
            return False
        if decision == ImportRow.Decision.MERGE and page not in [found[0] for found in current.duplicates]:
            return False
        current.decision, current.outcome = decision, ""
        current.page_id = page if decision == ImportRow.Decision.MERGE else None
        current.save(update_fields=["decision", "outcome", "page"])
        said = {"row": current.number, "decision": str(decision), "page": current.page_id}
        log(instance=batch, action=DECIDE, data=said)
    return True


def cancel(batch: ImportBatch) -> bool:
    """Gives a plan up that has not been agreed to. False where it is too late."""
    states = (State.CHECKING, State.CHECKED, State.PLANNING, State.PLANNED)
    with transaction.atomic():
        cancelled = ImportBatch.objects.filter(pk=batch.pk, state__in=states).update(state=State.CANCELLED)
        if cancelled:
            log(instance=batch, action=CANCEL)
    return bool(cancelled)


def planned_row(row: ImportRow) -> PlannedRow:
    """A kept row as the stages know it."""
    record = Record(
        RawRow(row.number, row.raw),
        key=row.key,
        values=row.values,
        year=row.year,
        url=row.url,
        problems=[Problem(row.number, column, text, Severity(kind)) for column, text, kind in row.problems],
    )
    return PlannedRow(
        record,
        _action(row),
        [Change(*change) for change in row.changes],
        [Change(*change) for change in row.conflicts],
        row.page_id,
        [Duplicate(*found) for found in row.duplicates],
    )


def _action(row: ImportRow) -> Action:
    decided = {ImportRow.Decision.NEW: Action.CREATE, ImportRow.Decision.MERGE: Action.MERGE}
    if row.action == Action.DUPLICATE and not row.outcome and row.decision:
        return decided[ImportRow.Decision(row.decision)]
    return Action(row.outcome or row.action)


def _kept(batch: ImportBatch, planned: PlannedRow) -> ImportRow:
    record = planned.record
    return ImportRow(
        batch=batch,
        number=record.row.number,
        action=planned.action,
        key=record.key[:200],
        title=str(record.values.get("title") or "")[:255],
        raw=storable(record.row.values),
        values=storable(record.values),
        year=record.year,
        url=record.url,
        changes=_changes(planned.changes),
        conflicts=_changes(planned.conflicts),
        problems=_problems(planned),
        duplicates=[[d.page_id, d.title, d.score, d.why] for d in planned.duplicates],
        page_id=planned.page_id,
    )


def _changes(changes: list[Change]) -> list[list[Any]]:
    return [[change.field, storable(change.old), storable(change.new)] for change in changes]


def _problems(planned: PlannedRow) -> list[list[str]]:
    return [[problem.column, problem.message, problem.severity] for problem in planned.record.problems]


def storable(value: Any) -> Any:
    """The same without NUL and lone surrogates, which no database takes: what a refused row may hold."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


def why_busy(batch: ImportBatch) -> str:
    """Which other batch of the source is being applied or taken back, in words."""
    running = (State.APPLYING, State.REVERSING)
    other = ImportBatch.objects.filter(source=batch.source, state__in=running).first()
    if other is None or other.started_at is None:
        return _("Impor lain dari sumber ini baru saja selesai; ulangi.")
    if other.state == State.REVERSING:
        message = _("Impor “%(file)s” dari sumber ini sedang dibatalkan. Tunggu sampai selesai.")
        return message % {"file": other.file_name}
    message = _(
        "Impor lain dari sumber ini sedang ditulis: “%(file)s”, mulai %(time)s. Tunggu sampai selesai; bila "
        "terputus, lanjutkan dari halaman impornya atau jalankan lagi perintahnya dengan berkas yang sama."
    )
    return message % {"file": other.file_name, "time": date_format(other.started_at, "DATETIME_FORMAT")}


@contextmanager
def _opened(file: Path | File) -> Iterator[File]:
    if isinstance(file, File):
        yield file
        return
    with file.open("rb") as content:
        yield File(content)


@contextmanager
def local(batch: ImportBatch) -> Iterator[Path]:
    """The batch's file as one of this machine, under the name people know it by."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(batch.file_name).name
        with batch.file.open("rb") as content, path.open("wb") as copy:
            for block in content.chunks():
                copy.write(block)
        yield path
