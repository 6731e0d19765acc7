"""Plain `?page=` pagination that takes any address without failing."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _


def page_of(items: "QuerySet[Any, Any] | Sequence[Any]", number: str | None, per_page: int = 20) -> Page:
    """Page `number` (as it stands in the address; None is the first) of `items`.

    Raises Http404 for anything that is not the number of an existing page; an empty list has one page.
    """
    text = number or "1"
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Http404(_("Halaman “%(page)s” tidak ada.") % {"page": text[:20]})
    try:
        return Paginator(items, per_page).page(int(text))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404(_("Halaman “%(page)s” tidak ada.") % {"page": text}) from error
