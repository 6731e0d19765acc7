"""Texts of other pages that name a record: in their blocks, their links and their drafts."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, ReferenceIndex, Revision

_LINK = re.compile(r"<a\b[^>]*>")

Replace = Callable[[Any], Any]


def point_to(kept: Page, other: Page) -> None:
    """Whatever names `other` in a block, a link or a row of its own names `kept`, live and as a draft."""

    def chosen(value: Any) -> Any:
        return kept.pk if value == other.pk else value

    def linked(text: str) -> str:
        return _LINK.sub(lambda link: _relinked(link[0]), text)

    def _relinked(link: str) -> str:
        is_page = 'linktype="page"' in link
        return link.replace(f' id="{other.pk}"', f' id="{kept.pk}"') if is_page else link

    named = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Page), to_object_id=str(other.pk)
    )
    for type_id, pk in set(named.values_list("content_type", "object_id")):
        model = ContentType.objects.get_for_id(type_id).model_class()
        found = model._base_manager.filter(pk=pk).first() if model else None
        # What names the other in its own rows goes with it.
        if found is not None and not (isinstance(found, Page) and found.pk == other.pk):
            _rewrite(found, chosen, linked)


def _rewrite(found: models.Model, chosen: Replace, linked: Replace) -> None:
    changed: dict[str, Any] = {}
    for field in found._meta.concrete_fields:
        if isinstance(field, StreamField):
            stream = getattr(found, field.name)
            changed[field.name] = _replaced(stream.stream_block, list(stream.raw_data), chosen, linked)
        elif isinstance(field, RichTextField):
            changed[field.name] = linked(getattr(found, field.name) or "")
    if changed:
        type(found)._base_manager.filter(pk=found.pk).update(**changed)
        found.refresh_from_db()
    ReferenceIndex.create_or_update_for_object(found)
    latest = getattr(found, "latest_revision_id", None)
    for revision in Revision.objects.filter(pk=latest):
        _rewrite_draft(type(found), revision.content, chosen, linked)
        revision.save(update_fields=["content"])


def _rewrite_draft(
    model: type[models.Model], content: dict[str, Any], chosen: Replace, linked: Replace
) -> None:
    for field in model._meta.concrete_fields:
        stored = content.get(field.name)
        if stored and isinstance(field, StreamField):
            rows = _replaced(field.stream_block, json.loads(stored), chosen, linked)
            content[field.name] = json.dumps(rows)
        elif stored and isinstance(field, RichTextField):
            content[field.name] = linked(stored)
    for relation in get_all_child_relations(model):
        pages = [
            field.name
            for field in relation.related_model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Page)
        ]
        for row in content.get(relation.get_accessor_name(), []):
            row.update({name: chosen(row[name]) for name in pages if name in row})


def _replaced(block: Any, raw: Any, chosen: Replace, linked: Replace) -> Any:
    """The stored value of a block with its choices and links replaced."""
    if isinstance(block, blocks.PageChooserBlock):
        return chosen(raw)
    if isinstance(block, blocks.RichTextBlock):
        return linked(raw) if isinstance(raw, str) else raw
    if isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        inside = block.child_blocks
        return {
            name: _replaced(inside[name], value, chosen, linked) if name in inside else value
            for name, value in raw.items()
        }
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock) and isinstance(raw, list):
        return [_item(block, item, chosen, linked) for item in raw]
    return raw


def _item(block: Any, item: Any, chosen: Replace, linked: Replace) -> Any:
    if not isinstance(item, dict) or "value" not in item:
        return _replaced(block.child_block, item, chosen, linked) if hasattr(block, "child_block") else item
    inside = block.child_block if hasattr(block, "child_block") else block.child_blocks.get(item["type"])
    return {**item, "value": _replaced(inside, item["value"], chosen, linked)}
