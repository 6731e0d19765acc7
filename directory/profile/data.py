"""What a profile shows of the rows around a page, in few queries.

A live page's classification and history are read with one query, whatever it holds. A draft in
preview carries its rows with it and is asked itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import get_language
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction

from directory.models import (
    Award,
    Confirmation,
    FormerName,
    InnovationPage,
    InnovationTag,
    SourceRecord,
    Validation,
    Verification,
)

REFERENCES = {
    "sector": ("sectors", "sector"),
    "sdg": ("sdgs", "sdg"),
    "theme": ("reform_themes", "reformtheme"),
    "beneficiary": ("beneficiary_groups", "beneficiarygroup"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """A word a page is filed under. `note` and `year` belong to awards: the rank and when."""

    code: str
    name_id: str
    name_en: str = ""
    short: str = ""
    note: str = ""
    year: int | None = None
    position: int = 0

    def __str__(self) -> str:
        return (get_language() == "en" and self.name_en) or self.name_id


@dataclass(frozen=True, slots=True)
class Event:
    """A row of history. What `code`, `text`, `detail` hold depends on the kind: see `surroundings`."""

    code: str
    text: str
    detail: str
    year: int | None
    moment: datetime


Filed = Mapping[str, list[Label]]
History = Mapping[str, list[Event]]


@dataclass(frozen=True, slots=True)
class Files:
    """The documents and images a page's streams point at, by id."""

    documents: Mapping[int, Any] = field(default_factory=dict)
    images: Mapping[int, Any] = field(default_factory=dict)


def complete(page: InnovationPage) -> InnovationPage:
    """The same page read anew with its owner, place, lead image and source version; one query."""
    versions = list(
        InnovationPage.objects.filter(translation_key=page.translation_key)
        .select_related("locale", "lead_image", "institution__region__province", "region__province")
        .order_by("pk")
    )
    found = next((version for version in versions if version.pk == page.pk), page)
    found.__dict__["_source_pages"] = {found.pk: versions[0] if versions[0].pk != found.pk else found}
    return found


def surroundings(page: InnovationPage, is_draft: bool) -> tuple[Filed, History]:
    """What the page is filed under, and what happened to its record, in one query (a draft: a few more).

    Filed under sector, sdg, theme, beneficiary, tag, former (names), award. Happened, newest first:
    source (code, record number, address, year) · validation (source, note) · verification (block id,
    content hash) · confirmation (status, post, reason).
    """
    source = page.source_page
    own = is_draft or page.pk is None
    parts = ([] if own else _filed_parts(page)) + ([] if source.pk is None else _event_parts(source))
    filed: dict[str, list[Label]] = _draft_classification(page) if own else defaultdict(list)
    events: dict[str, list[Event]] = defaultdict(list)
    for group, *columns, moment in parts[0].union(*parts[1:], all=True) if parts else ():
        if moment is None:
            filed[group].append(Label(*columns))
        else:
            code, text, detail, _short, _note, year, _position = columns
            events[group].append(Event(code, text, detail, year, moment))
    for labels in filed.values():
        labels.sort(key=lambda label: (label.position, label.name_id))
    for happened in events.values():
        happened.sort(key=lambda event: event.moment, reverse=True)
    _remember_verifications(source, events["verification"])
    return filed, events


def _filed_parts(page: InnovationPage) -> list[Any]:
    parts = [
        _rows(
            getattr(InnovationPage, relation).through.objects.filter(innovationpage=page.pk),
            group,
            *(f"{column}__{name}" for name in ("code", "name_id", "name_en")),
            position=f"{column}__position",
        )
        for group, (relation, column) in REFERENCES.items()
    ]
    tags = InnovationTag.objects.filter(content_object=page.pk)
    names = FormerName.objects.filter(page=page.pk)
    awards = Award.objects.filter(page=page.pk)
    programme = (f"programme__{name}" for name in ("code", "name_id", "name_en", "abbreviation"))
    return [
        *parts,
        _rows(tags, "tag", "tag__slug", "tag__name"),
        _rows(names, "former", "kind", "name", position="sort_order"),
        _rows(awards, "award", *programme, "rank", year="year", position="sort_order"),
    ]


def _event_parts(source: InnovationPage) -> list[Any]:
    records, validations, verifications, confirmations = (
        model.objects.filter(page=source.pk)
        for model in (SourceRecord, Validation, Verification, Confirmation)
    )
    return [
        _rows(records, "source", "source", "record_id", "url", year="year", moment="imported_at"),
        _rows(validations, "validation", "source", "note", moment="validated_at"),
        _rows(verifications, "verification", "block_id", "content_hash", moment="verified_at"),
        _rows(confirmations, "confirmation", "status", "confirmed_by_post", "reason", moment="confirmed_at"),
    ]


def _rows(rows: Any, group: str, *texts: str, year: str = "", position: str = "", moment: str = "") -> Any:
    """`rows` as tuples of one shape for a union: group, five texts, year, position, moment."""
    columns = [F(name) for name in texts] + [Value("")] * (5 - len(texts))
    return rows.order_by().values_list(
        Cast(Value(group), TextField()),
        *(Cast(column, TextField()) for column in columns),
        Cast(F(year) if year else Value(None), IntegerField()),
        Cast(Coalesce(position, 0) if position else Value(0), IntegerField()),
        Cast(F(moment) if moment else Value(None), DateTimeField()),
    )


def _draft_classification(page: InnovationPage) -> dict[str, list[Label]]:
    found: dict[str, list[Label]] = defaultdict(list)
    for group, (relation, _column) in REFERENCES.items():
        found[group] = [
            Label(entry.code, entry.name_id, entry.name_en, position=entry.position)
            for entry in getattr(page, relation).all()
        ]
    found["tag"] = [Label(tag.slug, tag.name) for tag in page.tags.all()]
    found["former"] = [Label(former.kind, former.name) for former in page.former_names.all()]
    found["award"] = [
        Label(
            award.programme.code,
            award.programme.name_id,
            award.programme.name_en,
            award.programme.abbreviation,
            award.rank,
            award.year,
            award.sort_order or 0,
        )
        for award in page.awards.all()
    ]
    return found


def _remember_verifications(source: InnovationPage, events: Iterable[Event]) -> None:
    """Let `directory.derived.evidence` find the verifications already read, as a prefetch would."""
    if source.pk is None:
        return
    rows = source.verifications.all()
    rows._result_cache = [
        Verification(page=source, block_id=event.code, content_hash=event.text, verified_at=event.moment)
        for event in events
    ]
    source._prefetched_objects_cache = {
        **getattr(source, "_prefetched_objects_cache", {}),
        "verifications": rows,
    }


def files(page: InnovationPage) -> Files:
    """The public documents of all streams and the gallery's images: two queries at most."""
    streams = (page.evidence, page.replication_kit, page.institutionalisation, page.documents)
    documents = {row["value"].get("document") for stream in streams for row in stream.raw_data}
    images = {row["value"].get("image") for row in page.gallery.raw_data}
    return Files(
        public_documents([pk for pk in documents if pk]) if any(documents) else {},
        get_image_model().objects.in_bulk([pk for pk in images if pk]) if any(images) else {},
    )


def public_documents(ids: list[int]) -> dict[int, AbstractDocument]:
    """Those of these documents that are in no private collection: their titles are private too."""
    path = ExpressionWrapper(OuterRef("collection__path"), TextField())
    private = CollectionViewRestriction.objects.annotate(own=path).filter(
        own__startswith=F("collection__path")
    )
    return get_document_model().objects.filter(~Exists(private)).in_bulk(ids)
