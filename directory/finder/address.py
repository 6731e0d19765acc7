"""The address of a directory page, understood: what is searched, filtered, sorted, and which page.

Everything in an address is hostile until `parse` is through with it: what it does not know is left
out with a notice, never passed on, never an error.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.choices import OperationalStatus
from directory.finder import facets
from search.addresses import page_number, search_words, shorten
from search.types import Query, Sort

PAGE_SIZE = 20
MOST_VALUES = 40
# Left over by mail programmes and social media; nobody needs to hear of them.
TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|ref|share)$")


@dataclass(frozen=True, slots=True)
class Request:
    """An address, understood. `with_stopped`: innovations that have ended are wanted too."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    with_stopped: bool = False
    notices: tuple[str, ...] = ()

    def query(self, **changes: Any) -> Query:
        """What the engine is asked: innovations only, in the reader's language."""
        query = Query(
            text=self.text,
            language=get_language() or "id",
            types=("innovation",),
            filters=dict(self.filters),
            exclude={} if self.with_stopped else {"status": (OperationalStatus.STOPPED.value,)},
            facets=facets.NAMES,
            count_types=False,
            sort=self.sort,
            page=self.page,
            page_size=PAGE_SIZE,
        )
        return replace(query, **changes)

    def url(self, **changes: Any) -> str:
        """The address of this request with some parts changed; back on the first page."""
        changed = replace(self, **{"page": 1, **changes})
        pairs: list[tuple[str, str]] = [("q", changed.text)] if changed.text else []
        pairs += [(name, value) for name, values in changed.filters.items() for value in values]
        if changed.sort is not Sort.RELEVANCE:
            pairs.append(("sort", changed.sort.value))
        if changed.with_stopped:
            pairs.append(("stopped", "1"))
        if changed.page > 1:
            pairs.append(("page", str(changed.page)))
        return "?" + urlencode(pairs)

    def without(self, name: str, value: str | None = None) -> "Request":
        """This request without a facet's value, or without all of them."""
        kept = tuple(v for v in self.filters.get(name, ()) if value is not None and v != value)
        filters = {**self.filters, name: kept}
        return replace(self, filters={n: values for n, values in filters.items() if values}, page=1)


def parse(data: QueryDict) -> Request:
    """Understand an address. Raises Http404 for a page number that cannot be."""
    notices: list[str] = []
    sort = _sort(data.get("sort", ""), notices)
    request = Request(
        text=search_words(data.get("q", ""), notices),
        filters=_filters(data, notices),
        sort=sort,
        page=page_number(data.get("page", ""), notices),
        with_stopped=data.get("stopped", "") == "1",
    )
    known = {"q", "sort", "page", "stopped", *facets.NAMES}
    unknown = [name for name in data if name not in known and not TRACKING.match(name)]
    if unknown:
        shown = ", ".join(shorten(name) for name in unknown[:3])
        notices.append(_("Saringan yang tidak dikenal diabaikan: %(names)s.") % {"names": shown})
    return replace(request, notices=tuple(notices))


def _filters(data: QueryDict, notices: list[str]) -> dict[str, tuple[str, ...]]:
    filters: dict[str, tuple[str, ...]] = {}
    unknown: list[str] = []
    room = MOST_VALUES
    for facet in facets.FACETS:
        if facet.name not in data:
            continue
        label_of = facets.labeller(facet)
        given = [value for value in dict.fromkeys(data.getlist(facet.name)) if value]
        known = [value for value in given if label_of(value)]
        unknown += [f"{facet.label}: {shorten(value)}" for value in given if value not in known]
        if len(known) > room:
            notices.append(_("Terlalu banyak saringan; sebagian diabaikan."))
        if known[:room]:
            filters[facet.name] = tuple(known[:room])
        room -= len(known[:room])
    if unknown:
        shown = ", ".join(unknown[:3])
        notices.append(_("Pilihan yang tidak dikenal diabaikan: %(values)s.") % {"values": shown})
    return filters


def _sort(raw: str, notices: list[str]) -> Sort:
    try:
        return Sort(raw) if raw else Sort.RELEVANCE
    except ValueError:
        notices.append(_("Urutan yang tidak dikenal diabaikan; hasil diurutkan dari yang paling sesuai."))
        return Sort.RELEVANCE
