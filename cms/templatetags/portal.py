"""What the base template asks of the page tree, and small formats every template may need."""

import textwrap
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page as PaginatorPage
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page

from cms import navigation as tree
from cms.embeds import Player, player_of

register = template.Library()

# Beyond it a number is shown as it was typed: rounding to three places would need more digits than there are.
LARGEST = Decimal(10) ** 15


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> tree.Frame:
    """Menu, footer links, breadcrumbs and languages; see `cms.navigation`."""
    return tree.frame(context["request"], _page(context)) if "request" in context else tree.Frame()


@register.simple_tag(takes_context=True)
def child_links(context: template.Context) -> tuple[tree.Link, ...]:
    """The live pages right below the page shown."""
    page = _page(context)
    return tree.child_links(page, context["request"]) if page else ()


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """The request's query string with `changes` made: a value replaces, None or "" removes."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def player(url: str) -> Player | None:
    """Where the video at `url` can be played; None off the allow-list."""
    return player_of(url)


@register.filter
def shortened(text: object, limit: int) -> str:
    """A text of at most `limit` letters, cut between words."""
    return textwrap.shorten(str(text), limit, placeholder=" …")


@register.filter
def quantity(value: float | None) -> str:
    """A number as the reader's language writes it, grouped from 10,000 on (2024 may be a year)."""
    if value is None:
        return ""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite() or abs(exact) >= LARGEST:
        return str(value)
    rounded = round(exact, 3).normalize()
    return number_format(f"{rounded:f}", use_l10n=True, force_grouping=abs(rounded) >= 10_000)


@register.filter
def elided(page: PaginatorPage) -> list[int | str]:
    """The page numbers to offer around `page`, with "…" for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def file_facts(document: AbstractDocument) -> str:
    """Kind and size of a document as a reader wants them before a download: `PDF, 1,2 MB`."""
    size = document.get_file_size()
    kind = document.file_extension.upper()
    return f"{kind}, {filesizeformat(size)}" if size is not None else kind


def _page(context: template.Context) -> Page | None:
    page = context.get("page")
    return page if isinstance(page, Page) else None
