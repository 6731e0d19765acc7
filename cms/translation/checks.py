"""A check that somebody has decided of every field of a page whether it is language.

Inside a StreamField nobody decides text by text: it is language unless its kind of block says otherwise
(`cms.blocks.wording`). There the check fails on kinds of block whose text wagtail-localize passes over.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page

from cms.blocks.wording import CELLS, TranslatableTableBlock
from cms.models import BasePage


@register()
def check_every_field_is_decided(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """A new field would be translated by wagtail-localize's guess, and what is typed into a block it does not
    know would not be translated at all."""
    return [
        Error(
            f"{page_type._meta.label}.{name}: nobody has decided whether it is translated.",
            hint=hint,
            obj=page_type,
            id="cms.E002",
        )
        for page_type in _page_types()
        for name, hint in undecided(page_type)
    ]


def undecided(page_type: type[BasePage]) -> Iterator[tuple[str, str]]:
    """Fields and child rows of a page type nobody has decided on, and blocks of which it is not known what
    becomes of them, each with what to do."""
    decided = {one.field_name for one in getattr(page_type, "override_translatable_fields", [])}
    for name in _own_fields(page_type):
        if name not in decided:
            yield (
                name,
                "Name it in override_translatable_fields: cms.translation.decisions.decide.",
            )
    for field in page_type._meta.get_fields():
        if isinstance(field, StreamField):
            for path in _unknown(field.stream_block, field.name):
                yield path, "wagtail-localize does not translate such a block: see cms.blocks.wording."


def _page_types() -> list[type[BasePage]]:
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def _own_fields(page_type: type[BasePage]) -> Iterable[str]:
    """What editors fill in beside Wagtail's own fields."""
    wagtails = {field.name for field in Page._meta.get_fields()}
    for field in page_type._meta.get_fields():
        is_column = isinstance(field, models.Field) and field.editable
        if is_column and field.name not in wagtails and not getattr(field, "primary_key", False):
            yield field.name
    for relation in get_all_child_relations(page_type):
        # Rows behind a field of their own (tags) are decided with it.
        if relation.name != COMMENTS_RELATION_NAME and not _is_behind_a_field(relation):
            yield relation.name


def _is_behind_a_field(relation: Any) -> bool:
    return any(
        getattr(field, "through", None) is relation.related_model
        for field in relation.model._meta.get_fields()
    )


# What wagtail-localize does with blocks by itself. Their text is translated:
_TEXT = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)
# They are walked through:
_STRUCTURE = (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock)
# They follow the source, being no language:
_SYNCHRONISED = (
    *(blocks.BooleanBlock, blocks.IntegerBlock, blocks.FloatBlock, blocks.DecimalBlock),
    *(blocks.DateBlock, blocks.TimeBlock, blocks.DateTimeBlock, blocks.StaticBlock),
    *(
        blocks.ChoiceBlock,
        blocks.MultipleChoiceBlock,
        blocks.ChooserBlock,
        blocks.URLBlock,
        blocks.EmailBlock,
    ),
)
# It passes over all others, also those that take text (RegexBlock), unless they see to it themselves.
_OWN = ("get_translatable_segments", "restore_translated_segments")


def _unknown(block: blocks.Block, path: str) -> Iterator[str]:
    sees_to_it = all(hasattr(block, name) for name in _OWN)
    if not sees_to_it and not isinstance(block, (*_TEXT, *_STRUCTURE, *_SYNCHRONISED)):
        yield path
    for name, child in getattr(block, "child_blocks", {}).items():
        if isinstance(block, TranslatableTableBlock) and not isinstance(child, (*CELLS, *_SYNCHRONISED)):
            yield f"{path}.{name}"
        else:
            yield from _unknown(child, f"{path}.{name}")
    if isinstance(block, blocks.ListBlock):
        yield from _unknown(block.child_block, f"{path}.item")
