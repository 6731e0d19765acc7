"""An import taken back: the pages it made go, those it changed get their old values, as long as nobody has
touched them since.

Whole or nothing at the start, then in chunks, the row written last first; every chunk and its marks are one
transaction, so that it goes on wherever it was stopped. A record touched after the start is left as it is.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from directory.imports import traces
from directory.imports.adapters import ADAPTERS
from directory.imports.batches import ImportBusyError, why_busy
from directory.imports.log import REVERSE
from directory.imports.pages import editable_content, pages_for_planning
from directory.imports.planning import CHUNK
from directory.imports.publishing import move_page, write_page
from directory.imports.types import Action, Severity
from directory.imports.untouched import Touched, touched
from directory.models import DirectorySectionPage, ImportBatch, ImportRow, InnovationPage, SourceRecord
from search.sources import batched

State = ImportBatch.State
Reversal = ImportRow.Reversal


class NotReversibleError(Exception):
    """The import cannot be taken back; the message says why, `touched` which records stand in the way."""

    def __init__(self, message: str, touched: list[Touched] | None = None) -> None:
        super().__init__(message)
        self.touched = touched or []


def written(batch: ImportBatch) -> QuerySet[ImportRow]:
    """The rows of a batch that have written something."""
    return batch.rows.filter(written_at__isnull=False)


def left(batch: ImportBatch) -> QuerySet[ImportRow]:
    """The rows still to be taken back, the last written first."""
    return written(batch).filter(reversal="").order_by("-written_at", "-number")


def check(batch: ImportBatch) -> None:
    """Raises `NotReversibleError` where the batch cannot be taken back as a whole."""
    if batch.state != State.DONE:
        raise NotReversibleError(_("Hanya impor yang selesai ditulis dapat dibatalkan."))
    unknown = batch.rows.filter(outcome__in=(Action.CREATE, Action.UPDATE, Action.MERGE), written_at=None)
    if unknown.exists():
        message = _("Impor ini tidak dapat dibatalkan: ditulis sebelum portal mencatat apa yang diubahnya.")
        raise NotReversibleError(message)
    if not written(batch).exists():
        raise NotReversibleError(_("Impor ini tidak menulis apa pun; tidak ada yang perlu dibatalkan."))
    if found := touched(written(batch), _source(batch)):
        message = ngettext(
            "%(n)d catatan dari impor ini disentuh sejak diimpor. Impor tidak dapat dibatalkan; tidak ada "
            "yang berubah.",
            "%(n)d catatan dari impor ini disentuh sejak diimpor. Impor tidak dapat dibatalkan; tidak ada "
            "yang berubah.",
            len(found),
        )
        raise NotReversibleError(message % {"n": len(found)}, found)


def begin(batch: ImportBatch, user: Any = None) -> None:
    """From now on the batch is taken back. Raises `NotReversibleError`, and `ImportBusyError` while another
    batch of its source is being written or taken back."""
    try:
        with transaction.atomic():
            current = ImportBatch.objects.select_for_update().get(pk=batch.pk)
            check(current)
            current.state, current.reversed_by = State.REVERSING, user
            current.reversal_started_at = timezone.now()
            current.save(update_fields=["state", "reversed_by", "reversal_started_at"])
            log(instance=current, action=REVERSE, user=user)
    except IntegrityError as error:
        raise ImportBusyError(why_busy(batch)) from error
    batch.refresh_from_db()


def reverse_some(batch: ImportBatch, most: int | None = None) -> bool:
    """Takes up to `most` rows back (all by default); whether rows are left. Goes on where it stopped."""
    done = 0
    while most is None or done < most:
        number = _reverse_chunk(batch)
        if not number:
            break
        done += number
    batch.refresh_from_db()
    return batch.state == State.REVERSING


def _reverse_chunk(batch: ImportBatch) -> int:
    """Takes the next rows back and marks them, in one transaction; how many. The last ones finish it."""
    with transaction.atomic():
        current = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if current.state != State.REVERSING:
            return 0
        rows = list(left(current)[:CHUNK])
        _lock(current, rows)
        asked = ImportRow.objects.filter(pk__in=[row.pk for row in rows])
        reasons = {one.row: one.why for one in touched(asked, _source(current))}
        with batched():
            for row in rows:
                reason = reasons.get(row.pk) or _take_back(current, row)
                row.reversal = Reversal.LEFT if reason else Reversal.UNDONE
                if reason:
                    row.problems = [
                        *row.problems,
                        ["", _("tidak dikembalikan: %s") % reason, Severity.NOTICE],
                    ]
        ImportRow.objects.bulk_update(rows, ["reversal", "problems"])
        if not left(current).exists():
            current.state, current.reversed_at = State.REVERSED, timezone.now()
            current.save(update_fields=["state", "reversed_at"])
    return len(rows)


def _lock(batch: ImportBatch, rows: list[ImportRow]) -> None:
    """Whoever changes one of these records waits until they are taken back, or has been seen by the check."""
    keys = [row.key for row in rows]
    records = SourceRecord.objects.filter(source=_source(batch), record_id__in=keys)
    list(records.select_for_update().order_by("pk").values_list("pk"))
    # Both tables' rows: a validation made meanwhile points at the one, an editor's lock is in the other.
    pages = InnovationPage.objects.filter(pk__in=[row.page_id for row in rows])
    list(pages.select_for_update().only("live", "year").order_by("pk"))


def _take_back(batch: ImportBatch, row: ImportRow) -> str:
    """Undoes what one row wrote; why it could not, "" if it could."""
    try:
        with transaction.atomic():
            if row.outcome == Action.CREATE:
                _remove(batch, row)
            else:
                _restore(batch, row)
    except ValidationError as error:
        return " ".join(error.messages)
    except (ProtectedError, IntegrityError):
        return _("sesuatu yang lain bergantung pada halaman ini.")
    return ""


def _remove(batch: ImportBatch, row: ImportRow) -> None:
    # First: while it has a history no page can be deleted.
    _own_record(batch, row).delete()
    page = InnovationPage.objects.get(pk=row.page_id)
    # Who may take an import back need not be one who may delete pages.
    page.delete(user=batch.reversed_by, skip_permission_checks=True)


def _restore(batch: ImportBatch, row: ImportRow) -> None:
    before = row.trace["before"]
    if row.outcome == Action.MERGE:
        _own_record(batch, row).delete()
    for record in SourceRecord.objects.filter(pk__in=before["sources"]):
        traces.put_source_back(record, before["sources"][str(record.pk)])
    page = next(iter(pages_for_planning([row.page_id or 0])))
    if page.latest_revision_id == before["revision"]:
        # Only the source's row was news, the page was not written.
        return
    if page.get_parent().pk != before["section"]:
        page = _move_back(page, before)
    content = traces.put_back(editable_content(page), before["content"])
    write_page(content)
    # An earlier import is as it was before this one: it can be taken back in its turn.
    if before["revision"]:
        earlier = ImportRow.objects.filter(page=page, revision=before["revision"])
        earlier.update(revision=content.latest_revision_id)


def _move_back(page: InnovationPage, before: dict[str, Any]) -> InnovationPage:
    """Into the section it was in, under the address it had there."""
    section = DirectorySectionPage.objects.filter(pk=before["section"]).first()
    if section is None:
        raise ValidationError(_("bagian direktorinya yang dulu sudah tidak ada."))
    page.slug = before["content"]["slug"]
    if section.get_children().filter(slug=page.slug).exists():
        raise ValidationError(_("alamatnya yang dulu sudah dipakai halaman lain."))
    move_page(page, section)
    return next(iter(pages_for_planning([page.pk])))


def _own_record(batch: ImportBatch, row: ImportRow) -> SourceRecord:
    return SourceRecord.objects.get(source=_source(batch), record_id=row.key)


def _source(batch: ImportBatch) -> str:
    return ADAPTERS[batch.source].source
