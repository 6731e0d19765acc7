"""Which fields of a page are language: decided for each, never by guess.

Every page type says it in `override_translatable_fields`, made here; `checks` fails where one does not.
"""

from collections.abc import Sequence

from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

Decisions = list[BaseTranslatableField]
# Of every page: see `cms.models.BasePage`.
ALWAYS_SYNCHRONISED = ("source_published_at",)


def decide(
    translated: Sequence[str] = (), synchronised: Sequence[str] = (), replaceable: Sequence[str] = ()
) -> Decisions:
    """`translated` are texts a translator writes; `synchronised` follow the source and cannot be typed;
    `replaceable` follow it unless the translator puts something else there: a picture may hold words."""
    return [
        *(TranslatableField(name) for name in translated),
        *(SynchronizedField(name) for name in replaceable),
        *(SynchronizedField(name, overridable=False) for name in (*synchronised, *ALWAYS_SYNCHRONISED)),
    ]
