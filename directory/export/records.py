"""Innovations as an export reads them: plain values, two hundred at a time, in a fixed number of queries.

A record answers to the names `directory.imports.field_kinds` asks a page for, so every field is read in one
way only. Thousands of page objects would take several times as long.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.db.models import BooleanField, F, Q, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from pydantic_core import from_json
from wagtail.fields import StreamField

from cms.privacy import restricted_paths
from directory.imports.exported import revision_mark
from directory.imports.fields import PREFETCHED, SELECTED
from directory.imports.pages import editable_content
from directory.models import (
    Award,
    Confirmation,
    FormerName,
    InnovationPage,
    InnovationTag,
    SourceRecord,
    Validation,
)

CHUNK = 200
# Drafts are read from their revisions, as page objects.
DRAFTS_CHUNK = 100
_MANY = ("sectors", "sdgs", "reform_themes", "beneficiary_groups")
_OWN = [field for field in InnovationPage._meta.local_concrete_fields if not field.is_relation]
_STREAMS = [field.name for field in _OWN if isinstance(field, StreamField)]
_PLAIN = [field.name for field in _OWN if not isinstance(field, StreamField)]
_PAGE = ("pk", "live", "title", "last_published_at", "latest_revision_created_at")
_REVISIONS = ("latest_revision_id", "live_revision_id")
_NAMES = {
    "owner_code": F("institution__code"),
    "owner_name": F("institution__name"),
    "own_code": F("region__code"),
    "own_place": F("region__name_id"),
    "own_province": F("region__province__name_id"),
    "owner_place": F("institution__region__name_id"),
    "owner_province": F("institution__region__province__name_id"),
}


class Many:
    """What a relation's manager gives when it is asked for everything."""

    def __init__(self, rows: list[Any]) -> None:
        self._rows = rows

    def all(self) -> list[Any]:
        return self._rows


class Raw(NamedTuple):
    """A stream by its stored rows alone."""

    raw_data: list[Any]


def public_records(ids: Iterable[int]) -> Iterator[Any]:
    """The published state of these innovations, in the order of `ids`; those the public may not read are left
    out. Eleven queries for two hundred records."""
    hidden = Q(pk__in=[])
    for path in restricted_paths():
        hidden |= Q(path__startswith=path)
    pages = InnovationPage.objects.filter(live=True, alias_of=None).exclude(hidden)
    for part in _parts(ids, CHUNK):
        yield from _records(pages, part)


def editable_records(ids: Iterable[int]) -> Iterator[Any]:
    """As an editor sees these innovations: the draft where there is one, else the published state."""
    everything = InnovationPage.objects.filter(alias_of=None)
    for part in _parts(ids, DRAFTS_CHUNK):
        pages = everything.filter(pk__in=part, has_unpublished_changes=True)
        drafts = pages.select_related(*SELECTED, "latest_revision").prefetch_related(*PREFETCHED)
        edited = {page.pk: editable_content(page) for page in drafts}
        for record in _records(everything, part):
            record.content = edited.get(record.pk, record)
            record.revision = revision_mark(record)
            yield record


def _parts(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    remaining = iter(ids)
    while part := list(islice(remaining, size)):
        yield part


def _records(pages: Any, ids: Sequence[int]) -> Iterator[Any]:
    # Cast: as text a stream need not be made into blocks.
    texts = {f"{name}_text": Cast(name, TextField()) for name in _STREAMS}
    rows = pages.filter(_among("page_ptr_id", ids)).order_by().annotate(**texts, **_NAMES)
    found = {row["pk"]: row for row in rows.values(*_PLAIN, *_PAGE, *_REVISIONS, *texts, *_NAMES)}
    related = {name: _codes(name, ids) for name in _MANY}
    related["awards"] = _grouped(
        Award.objects.filter(_among("page_id", ids)).order_by("sort_order", "pk"),
        ("page_id", "programme__code", "year", "rank"),
        lambda code, year, rank: SimpleNamespace(programme=_code(code), year=year, rank=rank),
    )
    related["former_names"] = _grouped(
        FormerName.objects.filter(_among("page_id", ids)).order_by("sort_order", "pk"),
        ("page_id", "name", "kind"),
        lambda name, kind: SimpleNamespace(name=name, kind=kind),
    )
    related["tagged_items"] = _grouped(
        InnovationTag.objects.filter(_among("content_object_id", ids)),
        ("content_object_id", "tag__name"),
        lambda name: SimpleNamespace(tag=SimpleNamespace(name=name)),
    )
    related["source_records"] = _grouped(
        SourceRecord.objects.filter(_among("page_id", ids)),
        ("page_id", "source", "record_id", "year", "url"),
        lambda source, id_, year, url: {"source": source, "id": id_, "year": year, "url": url},
    )
    related["confirmations"] = _grouped(
        Confirmation.objects.filter(_among("page_id", ids)),
        ("page_id", "status", "confirmed_at"),
        lambda *row: row,
    )
    related["validations"] = _grouped(
        Validation.objects.filter(_among("page_id", ids)), ("page_id", "source"), lambda source: source
    )
    for pk in ids:
        if pk in found:
            yield _record(found[pk], {name: rows.get(pk, []) for name, rows in related.items()})


def _among(column: str, ids: Sequence[int]) -> RawSQL:
    """`column IN (...)`: Django takes every number of an `__in` apart, in an eighth of a download's time."""
    numbers = ",".join(str(int(pk)) for pk in ids)
    return RawSQL(f'"{column}" IN ({numbers})', (), output_field=BooleanField())  # noqa: S611


def _record(row: dict[str, Any], related: dict[str, list[Any]]) -> Any:
    streams = {name: Raw(_decoded(row.pop(f"{name}_text"))) for name in _STREAMS}
    rows = {name: Many(found) for name, found in related.items()}
    record = SimpleNamespace(**row, **streams, **rows)
    record.institution = _code(record.owner_code)
    record.region = _code(record.own_code)
    # What is exported of the record, and the revision that is of.
    record.content = record
    # A draft beside it makes every later edit of the file a conflict.
    is_newest = record.live_revision_id in (None, record.latest_revision_id)
    record.revision = revision_mark(record) if is_newest else str(record.live_revision_id)
    return record


def _decoded(text: str | None) -> list[Any]:
    return from_json(text) if text and text != "[]" else []


def _code(code: str | None) -> Any:
    return SimpleNamespace(code=code) if code else None


def _codes(name: str, ids: Sequence[int]) -> dict[int, list[Any]]:
    through = InnovationPage._meta.get_field(name).remote_field.through
    target = InnovationPage._meta.get_field(name).related_model._meta.model_name
    rows = through.objects.filter(_among("innovationpage_id", ids))
    return _grouped(rows, ("innovationpage_id", f"{target}__code"), _code)


def _grouped(rows: Any, columns: tuple[str, ...], make: Callable[..., Any]) -> dict[int, list[Any]]:
    """The rows of each page, by the page's id, which is the first column."""
    found: dict[int, list[Any]] = defaultdict(list)
    for page, *values in rows.values_list(*columns):
        found[page].append(make(*values))
    return found
