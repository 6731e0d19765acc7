from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.formats import number_format
from wagtail.models import Page

from directory.cards import Card, cards_of

register = template.Library()


@register.filter
def rupiah(amount: Any) -> str:
    """1250000 → Rp1.250.000, in English Rp1,250,000; "" for what is no whole number."""
    try:
        whole = int(amount)
    except (TypeError, ValueError):
        return ""
    return f"Rp{number_format(whole, force_grouping=True)}"


@register.simple_tag
def innovation_cards(pages: Iterable[Page | None]) -> list[Card]:
    """Cards of chosen innovations, those that are public; deleted ones are None in a stream."""
    return cards_of(page.translation_key for page in pages if page is not None)
