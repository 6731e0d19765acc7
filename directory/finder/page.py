"""The directory page: what results, filters and ways on it shows for an address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.cards import Card, card
from directory.choices import OperationalStatus
from directory.finder import address, facets
from directory.finder.address import Request
from search import engines
from search.types import FacetCount, Results, Sort

WAYS_OUT = 5
SORTS = {
    Sort.RELEVANCE: gettext_lazy("Paling sesuai"),
    Sort.NEWEST: gettext_lazy("Tahun terbaru"),
    Sort.EVIDENCE: gettext_lazy("Bukti terkuat"),
    Sort.REPLICATED: gettext_lazy("Paling banyak direplikasi"),
    Sort.TITLE: gettext_lazy("Judul A–Z"),
}
DOWNLOADS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
# Problems rather than names: what people come with.
EXAMPLES = (gettext_lazy("stunting"), gettext_lazy("sampah"), gettext_lazy("gangguan jiwa"))


@dataclass(frozen=True, slots=True)
class WayOut:
    """Another address that finds something: `label` says what is left out ("": all filters), `count` what
    is found."""

    label: str
    url: str
    count: int


class Finder:
    """What the directory page shows for one request. Raises Http404 for a page beyond the last."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self._ways = _ways_out(request)
        self.results: Results = engines.search(
            request.query(alternatives=tuple(dict(way.filters) for _label, way in self._ways))
        )
        self.found = self.results.reach
        last = max(1, -(-self.found // address.PAGE_SIZE))
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
        return Paginator(range(self.found), address.PAGE_SIZE).page(self.request.page)

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
            for name, value, label in _chosen_values(self.request)
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
    def downloads(self) -> list[tuple[str, str]]:
        """Everything that matches, as files: what people call the format, and the address."""
        query = self.request.url()
        return [(name, reverse("directory:export", args=[kind]) + query) for kind, name in DOWNLOADS.items()]

    @property
    def notices(self) -> Sequence[str]:
        """What could not be used of the address, and what the engine has to say."""
        return [*self.request.notices, *filter(None, [self.results.notice])]

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
        counted = zip(self._ways, self.results.alternatives, strict=True)
        return [WayOut(label, request.url(), count) for (label, request), count in counted if count]

    @cached_property
    def sorts(self) -> list[dict[str, Any]]:
        """Without words nothing is more or less fitting: the best evidence comes first, and the list says so.

        The order shown by itself has no value: typing words afterwards, the reader gets the most fitting.
        """
        current, offered = self.request.sort, dict(SORTS)
        default = Sort.RELEVANCE if self.request.text else Sort.EVIDENCE
        if not self.request.text:
            offered.pop(Sort.RELEVANCE)
            current = default if current is Sort.RELEVANCE else current
        return [
            {"value": "" if sort is default else sort.value, "label": words, "on": sort is current}
            for sort, words in offered.items()
        ]

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


def _chosen_values(request: Request) -> list[tuple[str, str, str]]:
    """Facet, value and the value's label of every chosen filter."""
    return [
        (name, value, facets.labeller(facets.BY_NAME[name])(value))
        for name, values in request.filters.items()
        for value in values
    ]


def _ways_out(request: Request) -> list[tuple[str, Request]]:
    """The same search with one filter less, each with what is left out, and ("") with none."""
    ways = [
        (label, request.without(name, value)) for name, value, label in _chosen_values(request)[:WAYS_OUT]
    ]
    if len(request.filters) > 1:
        ways.append(("", replace(request, filters={}, page=1)))
    return ways
