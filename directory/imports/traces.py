"""What a row's writing changed, kept so that it can be taken back exactly.

Not the values as the import knows them but the page's own: a section keeps its markup, an award its row.
`before`: the newest revision, the section, the `content` of the attributes written, the `sources` changed.
`after`: whether the page was live, its section, and whether a source told (`exported` rows are nobody's).
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations, get_field_value, get_serializable_data_for_fields
from wagtail.models import Page

from directory.imports.types import Change, Trace
from directory.models import InnovationPage, SourceRecord

SOURCE_FIELDS = ("applied", "raw", "year", "url", "yielded", "imported_at")


def found(
    page: InnovationPage,
    content: InnovationPage,
    changes: Iterable[Change | str],
    source_record: SourceRecord | None = None,
) -> dict[str, Any]:
    """What is there before `changes` (or attributes by name) are put into `content`."""
    names = {change if isinstance(change, str) else change.field.split(".")[0] for change in changes}
    if "tags" in names:
        # Their manager cannot be kept, their rows can.
        names = names - {"tags"} | {"tagged_items"}
    if "institution" in names:
        # The page may move to its owner's section, and get another address there.
        names.add("slug")
    sources = {}
    if source_record:
        kept = {name: getattr(source_record, name) for name in SOURCE_FIELDS}
        sources[str(source_record.pk)] = kept | {"imported_at": source_record.imported_at.isoformat()}
    return {
        "revision": page.latest_revision_id,
        "section": page.get_parent().pk,
        "content": _content(content, sorted(names)),
        "sources": sources,
    }


def left(
    content: InnovationPage, section: Page, source_record: SourceRecord | None, before: dict[str, Any]
) -> Trace:
    """The trace of a row just written into `content`; `before` is what was found, nothing where it is new.

    Without a source record: a row of our own export, which no source has told.
    """
    after = {"live": content.live, "section": section.pk, "told": source_record is not None}
    written_at = source_record.imported_at if source_record else timezone.now()
    return Trace(written_at, content.latest_revision_id, before, after)


def put_back(content: InnovationPage, kept: dict[str, Any]) -> InnovationPage:
    """The page as it was where it was changed, not saved yet.

    `ValidationError` where it pointed at a row that is no more.
    """
    _check_references(InnovationPage, kept)
    return content.with_content_json(content.serializable_data() | kept)


def put_source_back(source_record: SourceRecord, kept: dict[str, Any]) -> None:
    for name, value in kept.items():
        setattr(source_record, name, parse_datetime(value) if name == "imported_at" else value)
    source_record.save()


def _content(page: InnovationPage, names: Iterable[str]) -> dict[str, Any]:
    relations = {relation.get_accessor_name() for relation in get_all_child_relations(InnovationPage)}
    kept: dict[str, Any] = {}
    for name in names:
        if name in relations:
            kept[name] = [get_serializable_data_for_fields(row) for row in getattr(page, name).all()]
            continue
        field = InnovationPage._meta.get_field(name)
        if isinstance(field, ParentalManyToManyField):
            kept[name] = [row.pk for row in getattr(page, name).all()]
        else:
            kept[name] = get_field_value(field, page)
    return kept


def _check_references(model: type[Model], kept: dict[str, Any]) -> None:
    for name, value in kept.items():
        field: Any = model._meta.get_field(name) if name != "pk" else model._meta.pk
        if field.one_to_many:
            for row in value:
                # The row's way back to the page is not what is asked for here.
                _check_references(field.related_model, row | {field.field.name: None})
        elif field.many_to_one and value is not None and not _exists(field.related_model, value):
            message = _("%(field)s yang dulu sudah tidak ada.")
            raise ValidationError(message % {"field": field.verbose_name})


def _exists(model: type[Model], pk: Any) -> bool:
    return model._base_manager.filter(pk=pk).exists()
