"""Whether what an import wrote is still as it left it: only then can the import be taken back."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Comment,
    Page,
    PageLogEntry,
    PageViewRestriction,
    ReferenceIndex,
    WorkflowState,
)

from directory.models import (
    Confirmation,
    DirectorySectionPage,
    DuplicatePair,
    ImportRow,
    InnovationPage,
    SourceRecord,
    Validation,
    Verification,
)

# Written by the machine itself, or by imports, which the source record tells of.
OWN_TRACKS = (PageLogEntry, ImportRow, DuplicatePair)
# What people call these; other tables have names of their own.
NAMES = {
    Validation: gettext_lazy("validasi"),
    Verification: gettext_lazy("verifikasi bukti"),
    Confirmation: gettext_lazy("konfirmasi"),
    Comment: gettext_lazy("komentar"),
    PageViewRestriction: gettext_lazy("pembatasan pembaca"),
}
WRITTEN = ("pk", "number", "title", "page_id", "key", "outcome", "revision", "written_at", "trace__after")

Row = dict[str, Any]
# Page → rows of others that point at it: what they are, and since when where they say so.
Pointing = dict[int, list[tuple[str, datetime.datetime | None]]]


@dataclass(frozen=True, slots=True)
class Touched:
    """A record somebody has done something with since the import wrote it."""

    row: int
    number: int
    title: str
    page: int | None
    why: str

    @property
    def said(self) -> dict[str, Any]:
        return {"row": self.number, "title": self.title, "why": self.why}


def touched(rows: QuerySet[ImportRow], source: str) -> list[Touched]:
    """Those of these written rows (of one batch) whose record is not as they left it, in the file's order.

    `source` is the batch's, as source records have it. A constant number of queries, however many rows.
    """
    groups: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows.order_by("-written_at", "-number").values(*WRITTEN):
        groups[row["page_id"]].append(row)
    look = _Look(rows, source)
    found = [
        Touched(row["pk"], row["number"], row["title"], page, why)
        for page, group in groups.items()
        if (why := look.why_touched(page, group))
        for row in group
    ]
    return sorted(found, key=lambda one: one.number)


class _Look:
    """All that is to be known of the records of some rows, read at once."""

    def __init__(self, rows: QuerySet[ImportRow], source: str) -> None:
        pages = InnovationPage.objects.filter(pk__in=rows.values("page"))
        self.pages = {page["pk"]: page for page in pages.values(*_STATE)}
        self.sections = dict(DirectorySectionPage.objects.values_list("path", "pk"))
        own = SourceRecord.objects.filter(source=source, record_id__in=rows.values("key"))
        self.records = {key: rest for key, *rest in own.values_list("record_id", "page_id", "imported_at")}
        self.in_workflow = _in_workflow(rows)
        # What other imports wrote into these pages: revision → import.
        written = ImportRow.objects.filter(page__in=rows.values("page"), revision__isnull=False, reversal="")
        batches = set(rows.values_list("batch", flat=True).distinct())
        self.others = dict(written.exclude(batch__in=batches).values_list("revision", "batch"))
        self.pointing = _pointing(rows, source)

    def _written_by(self, revision: int) -> str:
        if revision not in self.others:
            return _("halamannya disunting sejak diimpor.")
        message = _("ditulis lagi oleh impor nomor %(number)d; batalkan impor itu dulu.")
        return message % {"number": self.others[revision]}

    def why_touched(self, pk: int | None, group: list[Row]) -> str:
        """`group`: the batch's rows written into this page, the last one first."""
        page, last = self.pages.get(pk or 0), group[0]
        if page is None:
            return _("halamannya sudah tidak ada.")
        if page["locked"]:
            return _("halamannya dikunci.")
        if pk in self.in_workflow:
            return _("halamannya sedang dalam alur persetujuan.")
        if page["latest_revision"] != last["revision"]:
            return self._written_by(page["latest_revision"])
        if page["live"] != last["trace__after"]["live"]:
            return _("halamannya diterbitkan atau ditarik sejak diimpor.")
        if self.sections.get(page["path"][: -Page.steplen]) != last["trace__after"]["section"]:
            return _("halamannya dipindahkan sejak diimpor.")
        told = [row for row in group if row["trace__after"].get("told", True)]
        if any(self.records.get(row["key"]) != [pk, row["written_at"]] for row in told):
            return _("catatan sumbernya ditulis lagi oleh impor sesudahnya.")
        # A new page goes altogether: whatever points at it counts. A changed one stays.
        is_new = any(row["outcome"] == "create" for row in group)
        since = group[-1]["written_at"]
        for name, day in self.pointing.get(page["pk"], ()):
            if is_new or (day and day > since):
                return _("ada yang menyangkut halaman ini sejak diimpor: %(name)s.") % {"name": name}
        return ""


_STATE = ("pk", "path", "latest_revision", "live", "locked")


def _texts(rows: QuerySet[ImportRow]) -> Any:
    """The pages' ids as text: what Wagtail's generic relations hold."""
    return rows.annotate(text=Cast("page_id", CharField())).values("text")


def _in_workflow(rows: QuerySet[ImportRow]) -> set[int]:
    page = ContentType.objects.get_for_model(Page)
    states = WorkflowState.objects.active().filter(base_content_type=page, object_id__in=_texts(rows))
    return {int(pk) for pk in states.values_list("object_id", flat=True)}


def _pointing(rows: QuerySet[ImportRow], source: str) -> Pointing:
    """Rows of whatever table that point at the pages, but for their own content and the batch's records."""
    found: Pointing = defaultdict(list)
    pages = rows.values("page")
    seen = []
    for field in _foreign_keys():
        model = field.model
        seen.append(model)
        day, name = _day_of(model), _name_of(model)
        others = model._base_manager.filter(**{f"{field.name}__in": pages})
        if model is SourceRecord:
            others = others.exclude(source=source, record_id__in=rows.values("key"))
        elif model is Redirect:
            others = others.filter(automatically_created=False)
        for values in others.values_list(field.name, *([day] if day else [])):
            found[values[0]].append((name, values[1] if day else None))
    translations = Page.objects.filter(
        translation_key__in=Page.objects.filter(pk__in=pages).values("translation_key")
    )
    keys = dict(Page.objects.filter(pk__in=pages).values_list("translation_key", "pk"))
    for key in translations.exclude(pk__in=pages).values_list("translation_key", flat=True):
        found[keys[key]].append((_("terjemahan"), None))
    # The tables seen above are in Wagtail's index as well, but for what pages say in their texts.
    types = ContentType.objects.get_for_models(*(set(seen) - {Page}), *OWN_TRACKS).values()
    page = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(to_content_type=page, to_object_id__in=_texts(rows))
    references = references.exclude(base_content_type__in=types)
    references = references.exclude(base_content_type=page, object_id=F("to_object_id"))
    for pk in references.values_list("to_object_id", flat=True):
        found[int(pk)].append((_("tautan dari halaman lain"), None))
    return found


def _foreign_keys() -> Iterator[Any]:
    """Every foreign key to an innovation, from whatever app; not from the rows that are its content."""
    for relation in InnovationPage._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not relation.is_relation:
            continue
        model, field = relation.related_model, relation.field
        is_content = isinstance(field, ParentalKey) and model is not Comment
        if not (is_content or model._meta.auto_created or model in OWN_TRACKS or model is InnovationPage):
            yield field


def _name_of(model: Any) -> str:
    """What people call such a row: what it is part of, where it is a part."""
    whole = next((f.related_model for f in model._meta.fields if isinstance(f, ParentalKey)), model)
    return str(NAMES.get(model) or whole._meta.verbose_name)


def _day_of(model: Any) -> str:
    """The field that says since when a row is there, "" where none does."""
    for field in model._meta.concrete_fields:
        if getattr(field, "auto_now_add", False) or field.default is timezone.now:
            return field.name
    return ""
