import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.utils.formats import number_format
from wagtail.models import Page

from cms.blocks.wording import has_words
from directory.cards import Card, cards_of

register = template.Library()

# With marks for thousands, or with decimals; “1.5.2020” is a day.
INDONESIAN_NUMBER = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+)(?![\d.,]*\d)")
ENGLISH_MARKS = str.maketrans(".,", ",.")


@register.filter
def rupiah(amount: Any) -> str:
    """1250000 → Rp1.250.000, in English Rp1,250,000; "" for what is no whole number."""
    try:
        whole = int(amount)
    except (TypeError, ValueError):
        return ""
    return f"Rp{number_format(whole, force_grouping=True)}"


@register.filter
def figure(text: str, language: str) -> str:
    """A figure of evidence as a page in that language writes it: “1.063” → “1,063” on an English page.

    Without words it is not translated but follows the source, which is in Indonesian (`FigureBlock`).
    """
    if language == settings.LANGUAGE_CODE or has_words(text):
        return text
    return INDONESIAN_NUMBER.sub(lambda found: found[0].translate(ENGLISH_MARKS), text or "")


@register.simple_tag
def innovation_cards(pages: Iterable[Page | None]) -> list[Card]:
    """Cards of chosen innovations, those that are public; deleted ones are None in a stream."""
    return cards_of(page.translation_key for page in pages if page is not None)
