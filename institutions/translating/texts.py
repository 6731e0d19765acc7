"""The texts of a page that wait for words in another language."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.db.models.functions import Trim
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation

if TYPE_CHECKING:
    from django.db.models import QuerySet


def to_translate(segments: "QuerySet[StringSegment]") -> "QuerySet[StringSegment]":
    """Without the address, which is made from the title where nobody gives another."""
    return segments.exclude(context__path="slug")


def untranslated(segments: "QuerySet[StringSegment]", locale: Locale) -> "QuerySet[StringSegment]":
    """Those of `to_translate` without a usable translation: none at all, a blank, or one that was refused."""
    told = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale=locale,
        has_error=False,
    )
    said = told.annotate(said=Trim("data")).exclude(said="")
    return to_translate(segments).exclude(Exists(said))
