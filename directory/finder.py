"""The directory's finder: from an address to a query, and from results to what the page shows.

Everything in an address is hostile until `parse` is through with it: what it does not know is left
out with a notice, never passed on, never an error.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, QueryDict
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from directory import facets
from directory.cards import Card, card
from directory.choices import OperationalStatus
from search import engines
from search.types import FacetCount, Query, Results, Sort

PAGE_SIZE = 20
LONGEST_TEXT = 200
MOST_VALUES = 40
WAYS_OUT = 5
# Left over by mail programmes and social media; nobody needs to hear of them.
TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|ref|share)$")
SORTS = {
    Sort.RELEVANCE: gettext_lazy("Paling sesuai"),
    Sort.NEWEST: gettext_lazy("Tahun terbaru"),
    Sort.EVIDENCE: gettext_lazy("Bukti terkuat"),
    Sort.REPLICATED: gettext_lazy("Paling banyak direplikasi"),
    Sort.TITLE: gettext_lazy("Judul A–Z"),
}
# Problems rather than names: what people come with.
EXAMPLES = (gettext_lazy("stunting"), gettext_lazy("sampah"), gettext_lazy("akta kelahiran"))


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


@dataclass(frozen=True, slots=True)
class WayOut:
    """Another address that finds something: `label` says what is left out, `count` what is found."""

    label: str
    url: str
    count: int


class Finder:
    """What the directory page shows for one request. Raises Http404 for a page beyond the last."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.results: Results = engines.search(request.query())
        self.found = self.results.total + self.results.near_total
        last = max(1, -(-self.found // PAGE_SIZE))
        if request.page > last:
            raise Http404(_("Hasil hanya sampai halaman %(last)d.") % {"last": last})

    @cached_property
    def exact(self) -> list[Card]:
        return [card(hit.data, hit) for hit in self.results.hits if not hit.near]

    @cached_property
    def near(self) -> list[Card]:
        return [card(hit.data, hit) for hit in self.results.hits if hit.near]

    @cached_property
    def page_obj(self) -> Page:
        return Paginator(range(self.found), PAGE_SIZE).page(self.request.page)

    @cached_property
    def facets(self) -> list[facets.FacetView]:
        views = (
            facets.view(facet, self._counts(facet.name), self.request.filters.get(facet.name, ()))
            for facet in facets.FACETS
        )
        return [view for view in views if view]

    @property
    def chosen(self) -> int:
        """How many filters are on, for "Saring (2)"."""
        return sum(len(values) for values in self.request.filters.values()) + self.request.with_stopped

    @cached_property
    def chips(self) -> list[dict[str, Any]]:
        """One link for each chosen filter that leads to the same search without it."""
        chips = [
            {"url": self.request.without(name, value).url(), "label": label, "on": True}
            for name, value, label in self._chosen_values()
        ]
        if self.request.with_stopped:
            url = self.request.url(with_stopped=False)
            chips.append({"url": url, "label": _("Termasuk yang sudah berhenti"), "on": True})
        for chip in chips:
            chip["hidden"] = _("Hapus saringan")
        return chips

    @property
    def clear_url(self) -> str:
        return self.request.url(filters={}, with_stopped=False)

    @cached_property
    def stopped(self) -> WayOut | None:
        """The one click to the innovations that have ended, where the search has any."""
        if self.request.with_stopped or OperationalStatus.STOPPED in self.request.filters.get("status", ()):
            return None
        counts = {count.value: count.count for count in self._counts("status")}
        count = counts.get(OperationalStatus.STOPPED, 0)
        return WayOut("", self.request.url(with_stopped=True), count) if count else None

    @property
    def notices(self) -> Sequence[str]:
        """What could not be used of the address."""
        return self.request.notices

    @property
    def is_filtered(self) -> bool:
        """Whether the address is a search: search machines index the plain directory only."""
        return self.request.url(sort=Sort.RELEVANCE, page=self.request.page) != "?"

    @cached_property
    def examples(self) -> list[WayOut]:
        empty = Request()
        return [WayOut(words, empty.url(text=words), 0) for words in map(str, EXAMPLES)]

    @property
    def suggestion(self) -> WayOut | None:
        words = self.results.suggestion
        return WayOut(words, self.request.url(text=words), 0) if words else None

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """Where nothing was found: the same search without one filter, if that finds something."""
        if self.results.total:
            return []
        ways = [
            self._way_out(label, self.request.without(name, value))
            for name, value, label in self._chosen_values()[:WAYS_OUT]
        ]
        if len(self.request.filters) > 1:
            ways.append(self._way_out(_("semua saringan"), replace(self.request, filters={})))
        return [way for way in ways if way.count]

    @cached_property
    def sorts(self) -> list[dict[str, Any]]:
        """Without words nothing is more or less fitting: the newest come first, and the list says so."""
        current, offered = self.request.sort, dict(SORTS)
        if not self.request.text:
            offered.pop(Sort.RELEVANCE)
            current = Sort.NEWEST if current is Sort.RELEVANCE else current
        return [{"value": s.value, "label": words, "on": s is current} for s, words in offered.items()]

    @property
    def title(self) -> str:
        """What the browser's tab and a search engine read: the query and the page, where there are any."""
        parts = []
        if self.request.text:
            parts.append(_("“%(text)s”") % {"text": self.request.text[:60]})
        if self.request.page > 1:
            parts.append(_("halaman %(page)d") % {"page": self.request.page})
        return ", ".join(parts)

    def _counts(self, name: str) -> Sequence[FacetCount]:
        return self.results.facets.get(name, ())

    def _chosen_values(self) -> list[tuple[str, str, str]]:
        return [
            (name, value, facets.labeller(facets.BY_NAME[name])(value))
            for name, values in self.request.filters.items()
            for value in values
        ]

    def _way_out(self, label: str, request: Request) -> WayOut:
        found = engines.search(request.query(facets=(), page=1, page_size=1, suggest=False))
        return WayOut(label, request.url(), found.total)


def parse(data: QueryDict) -> Request:
    """Understand an address. Raises Http404 for a page number that cannot be."""
    notices: list[str] = []
    sort = _sort(data.get("sort", ""), notices)
    request = Request(
        text=_text(data.get("q", ""), notices),
        filters=_filters(data, notices),
        sort=sort,
        page=_page(data.get("page", ""), notices),
        with_stopped=data.get("stopped", "") == "1",
    )
    known = {"q", "sort", "page", "stopped", *facets.NAMES}
    unknown = [name for name in data if name not in known and not TRACKING.match(name)]
    if unknown:
        shown = ", ".join(_shorten(name) for name in unknown[:3])
        notices.append(_("Saringan yang tidak dikenal diabaikan: %(names)s.") % {"names": shown})
    return replace(request, notices=tuple(notices))


def _text(raw: str, notices: list[str]) -> str:
    text = " ".join(_printable(raw).split())
    if len(text) <= LONGEST_TEXT:
        return text
    notices.append(
        _("Kata pencarian terlalu panjang; yang dipakai %(n)d huruf pertama.") % {"n": LONGEST_TEXT}
    )
    return text[:LONGEST_TEXT].rsplit(" ", 1)[0]


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
        unknown += [f"{facet.label}: {_shorten(value)}" for value in given if value not in known]
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


def _page(raw: str, notices: list[str]) -> int:
    raw = raw.strip()
    if not raw:
        return 1
    if not re.fullmatch(r"[+-]?[0-9]{1,200}", raw, re.ASCII):
        notices.append(_("Nomor halaman tidak dikenal; ditampilkan halaman pertama."))
        return 1
    if not 1 <= int(raw) < 10**6:
        raise Http404(_("Halaman itu tidak ada."))
    return int(raw)


def _printable(raw: str) -> str:
    return "".join(c if c.isprintable() else " " for c in raw)


def _shorten(raw: str) -> str:
    text = _printable(raw)
    return text if len(text) <= 30 else f"{text[:29]}…"
