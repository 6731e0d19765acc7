"""Fifth stage: what was planned is written. A row is written whole or not at all.

A chunk of rows is one transaction and each row a savepoint in it: a row that fails takes nothing else with
it, an interruption leaves whole rows only, and running again carries on where it stopped.
"""

import logging
import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.slugs import free_slug
from directory.imports import traces
from directory.imports.adapter import Adapter
from directory.imports.exported import pages_by_number, plan_exported, registry_number
from directory.imports.field_kinds import References
from directory.imports.fields import FIELDS, same
from directory.imports.pages import editable_content, pages_for_planning, why_not_writable
from directory.imports.planning import plan_known
from directory.imports.publishing import create_page, move_page, write_page
from directory.imports.types import Action, Change, PlannedRow
from directory.models import (
    DirectoryIndexPage,
    DirectorySectionPage,
    FormerName,
    InnovationPage,
    SourceRecord,
)
from institutions.models import Institution
from institutions.sections import get_or_create_section
from search.sources import batched

logger = logging.getLogger(__name__)
SLUG_LENGTH = 80
WRITTEN = (Action.CREATE, Action.UPDATE, Action.CONFLICT, Action.MERGE)


class Applier:
    """Writes the planned rows of one run, below one directory index."""

    def __init__(self, adapter: Adapter, index: DirectoryIndexPage, references: References) -> None:
        self._adapter = adapter
        self._index = index
        self._references = references
        self._sections: dict[int | None, DirectorySectionPage] = {}
        self._slugs: dict[int, set[str]] = {}

    def apply(self, rows: Sequence[PlannedRow]) -> None:
        """Writes a chunk. A row that cannot be written becomes a refused one, with the reason."""
        todo = [row for row in rows if row.action in WRITTEN]
        if not todo:
            return
        with transaction.atomic(), batched():
            for row in todo:
                self._apply_row(row)

    def _apply_row(self, row: PlannedRow) -> None:
        try:
            with transaction.atomic():
                if row.action is Action.CREATE:
                    self._create(row)
                elif row.action is Action.MERGE:
                    self._merge(row)
                elif self._adapter.own and registry_number(row.record.key):
                    self._update_own(row)
                else:
                    self._update(row)
        except ValidationError as error:
            self._refuse(row, _field_messages(error))
        except IntegrityError:
            self._refuse(row, [_("sudah ditulis oleh impor lain; jalankan lagi.")])
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            # A row nobody has thought of must not keep the rest, and all later imports, from being written.
            logger.exception("Row %s of an import could not be written", row.record.row.number)
            self._refuse(row, [_("galat tak terduga; baris dilewati dan dicatat untuk pengelola portal.")])

    def _refuse(self, row: PlannedRow, messages: Sequence[str]) -> None:
        for message in messages:
            row.record.refuse("", message)
        row.action = Action.REFUSED
        # What was learned within the row is undone with it.
        self._sections.clear()
        self._slugs.clear()

    def _create(self, row: PlannedRow) -> None:
        page = InnovationPage(translation_key=uuid.uuid4())
        for change in row.changes:
            FIELDS[change.field].put(page, change.new, self._references)
        section = self._section(page.institution)
        page.slug = self._free_slug(section, page.title)
        create_page(page, section, live=self._adapter.publish)
        self._slugs[section.pk].add(page.slug)
        row.page_id = page.pk
        source_record = SourceRecord.objects.create(
            page=page,
            source=self._adapter.source,
            record_id=row.record.key,
            year=row.record.year,
            url=row.record.url,
            raw=row.record.row.values,
            applied=row.record.values,
        )
        row.trace = traces.left(page, section, source_record, {})

    def _merge(self, row: PlannedRow) -> None:
        """Adds the source's row to a record that is there. What the page says stays; what it does not say is
        filled in, awards are added, and another title is kept as a former name."""
        # Source records before pages, as everybody locks them.
        others = list(SourceRecord.objects.select_for_update().filter(page=row.page_id).order_by("pk"))
        list(Page.objects.select_for_update().filter(pk=row.page_id).values_list("pk"))
        page = next(iter(pages_for_planning([row.page_id or 0])), None)
        if page is None:
            raise ValidationError(_("halaman yang dipilih sudah tidak ada; putuskan lagi."))
        if reason := why_not_writable(page):
            raise ValidationError(reason)
        content, values = editable_content(page), row.record.values
        written = {
            name: value
            for name, value in values.items()
            if same(FIELDS[name].get(content), FIELDS[name].empty) and not same(value, FIELDS[name].empty)
        }
        awards = FIELDS["awards"].get(content)
        if new_awards := [award for award in values.get("awards", ()) if list(award) not in awards]:
            written["awards"] = [*awards, *new_awards]
        row.changes = [Change(name, FIELDS[name].get(content), value) for name, value in written.items()]
        before = traces.found(page, content, [*row.changes, "former_names"])
        for change in row.changes:
            FIELDS[change.field].put(content, change.new, self._references)
        title = values.get("title", "")
        known = {content.title.casefold(), *(former.name.casefold() for former in content.former_names.all())}
        is_new_name = bool(title) and title.casefold() not in known
        if is_new_name:
            names = list(content.former_names.all())
            content.former_names = [*names, FormerName(name=title, sort_order=len(names))]
        if row.changes or is_new_name:
            write_page(content)
        # Awards are everybody's from now on: added to here, replaced by no source.
        for other in others:
            before["sources"][str(other.pk)] = {"yielded": other.yielded}
            other.yielded = sorted({*other.yielded, "awards"})
            other.save(update_fields=["yielded"])
        source_record = SourceRecord.objects.create(
            page=page,
            source=self._adapter.source,
            record_id=row.record.key,
            year=row.record.year,
            url=row.record.url,
            raw=row.record.row.values,
            applied={**values, **written},
            yielded=sorted(name for name in values if name not in written or name == "awards"),
        )
        row.trace = traces.left(content, content.get_parent(), source_record, before)

    def _update(self, row: PlannedRow) -> None:
        source_record = (
            SourceRecord.objects.select_for_update()
            .filter(source=self._adapter.source, record_id=row.record.key)
            .first()
        )
        if source_record is None:
            raise ValidationError(_("catatannya dihapus selagi impor berjalan; jalankan lagi."))
        # An editor's publication waits until this row is written, or is seen by it.
        list(Page.objects.select_for_update().filter(pk=source_record.page_id).values_list("pk"))
        page = next(iter(pages_for_planning([source_record.page_id])))
        # Somebody may have saved the page since it was planned: what counts is what it holds now.
        row.record.problems = [problem for problem in row.record.problems if problem.column]
        current = plan_known(row.record, source_record, page)
        row.action, row.changes, row.conflicts = current.action, current.changes, current.conflicts
        content = editable_content(page)
        before = traces.found(page, content, row.changes, source_record)
        if row.changes:
            self._write(content, row)
        written = {**row.record.values}
        for change in row.conflicts:
            written.pop(change.field)
        if row.changes or row.action is Action.UPDATE:
            source_record.applied = {**source_record.applied, **written}
            source_record.raw = row.record.row.values
            source_record.year, source_record.url = row.record.year, row.record.url
            source_record.imported_at = timezone.now()
            source_record.save()
            row.trace = traces.left(content, content.get_parent(update=True), source_record, before)

    def _update_own(self, row: PlannedRow) -> None:
        """Writes a row of our own export; the record's sources have no part in it."""
        list(Page.objects.select_for_update().filter(pk=row.page_id).values_list("pk"))
        page = pages_by_number([row.record.key]).get(row.record.key)
        row.record.problems = []
        current = plan_exported(row.record, page, self._references)
        row.action, row.changes, row.conflicts = current.action, current.changes, current.conflicts
        if row.changes and page:
            content = editable_content(page)
            before = traces.found(page, content, row.changes)
            self._write(content, row)
            row.trace = traces.left(content, content.get_parent(update=True), None, before)

    def _write(self, content: InnovationPage, row: PlannedRow) -> None:
        for change in row.changes:
            FIELDS[change.field].put(content, change.new, self._references)
        section = None
        if any(change.field == "institution" for change in row.changes):
            section = self._section(content.institution)
        if section is None or content.get_parent().pk == section.pk:
            write_page(content)
            return
        # Before the revision is made, which keeps the address too. An editor's own address stays if it can.
        content.slug = self._free_slug(section, content.slug)
        write_page(content)
        move_page(content, section)
        self._slugs[section.pk].add(content.slug)

    def _section(self, institution: Institution | None) -> DirectorySectionPage:
        key = institution.pk if institution else None
        if key not in self._sections:
            self._sections[key] = get_or_create_section(self._index, institution, DirectorySectionPage)
        return self._sections[key]

    def _free_slug(self, section: DirectorySectionPage, title: str) -> str:
        if section.pk not in self._slugs:
            self._slugs[section.pk] = set(section.get_children().values_list("slug", flat=True))
        taken = self._slugs[section.pk]
        return free_slug(slugify(title)[:SLUG_LENGTH].strip("-") or "inovasi", taken.__contains__)


def _field_messages(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    return [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
