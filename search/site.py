"""Search over everything the portal holds: from an address to a query, and to what the page shows.

What an address holds is hostile until `parse` is through with it: what is not understood is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from search import engines
from search.addresses import page_number, search_words
from search.insight.places import Place
from search.sources import labels
from search.types import Hit, Query, Results

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Request:
    """An address, understood."""

    text: str = ""
    type: str = ""
    page: int = 1
    notices: tuple[str, ...] = ()

    def query(self, **changes: Any) -> Query:
        query = Query(
            text=self.text,
            language=get_language() or "id",
            types=(self.type,) if self.type else (),
            page=self.page,
            page_size=PAGE_SIZE,
        )
        return replace(query, **changes)

    def url(self, **changes: Any) -> str:
        """The address of this request with some parts changed, on the first page."""
        changed = replace(self, **changes)
        pairs = [(name, value) for name, value in (("q", changed.text), ("jenis", changed.type)) if value]
        return "?" + urlencode(pairs)


@dataclass(frozen=True, slots=True)
class TypeLink:
    """A type to narrow the results to, with the number that would remain."""

    label: str
    url: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A result as the page shows it."""

    title: str
    url: str
    type: str
    snippet: str
    meta: str
    language: str


class SiteSearch:
    """What the results page shows for one request. Raises Http404 for a page beyond the last."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.results: Results | None = engines.search(request.query()) if request.text else None
        last = max(1, -(-self.found // PAGE_SIZE))
        if request.page > last:
            raise Http404(_("Hasil hanya sampai halaman %(last)d.") % {"last": last})

    @property
    def found(self) -> int:
        return self.results.reach if self.results else 0

    @property
    def total(self) -> int:
        """True matches, of all types when no type is chosen."""
        return self.results.total if self.results else 0

    @cached_property
    def exact(self) -> list[Entry]:
        return [_entry(hit) for hit in self._hits if not hit.near]

    @cached_property
    def near(self) -> list[Entry]:
        return [_entry(hit) for hit in self._hits if hit.near]

    @cached_property
    def types(self) -> list[TypeLink]:
        """The types that have matches, and all together first; none where there is only one to choose."""
        if not self.results:
            return []
        counts = {count.value: count.count for count in self.results.types}
        chosen = self.request.type
        if chosen:
            counts.setdefault(chosen, 0)
        if len(counts) < 2:
            return []
        names = [name for name in labels() if name in counts]
        links = [TypeLink(_("Semua"), self.request.url(type="", page=1), sum(counts.values()), not chosen)]
        links += [
            TypeLink(type_name(name), self.request.url(type=name, page=1), counts[name], name == chosen)
            for name in names
        ]
        return links

    @property
    def suggestion(self) -> tuple[str, str] | None:
        """Words with typing errors mended, and their address."""
        words = self.results.suggestion if self.results else ""
        return (words, self.request.url(text=words, page=1)) if words else None

    @property
    def without_type(self) -> str:
        """The address of the same search over all types, where one is chosen."""
        return self.request.url(type="", page=1) if self.request.type else ""

    @cached_property
    def page_obj(self) -> Page:
        return Paginator(range(self.found), PAGE_SIZE).page(self.request.page)

    @property
    def notices(self) -> Sequence[str]:
        engine = self.results.notice if self.results else ""
        return [*self.request.notices, *([engine] if engine else [])]

    @property
    def _hits(self) -> Sequence[Hit]:
        return self.results.hits if self.results else ()


def parse(data: QueryDict) -> Request:
    """Understand an address. Raises Http404 for a page number that cannot be."""
    notices: list[str] = []
    type_ = data.get("jenis", "")
    return Request(
        text=search_words(data.get("q", ""), notices),
        # An unknown type is none: the reader gets all results rather than an error.
        type=type_ if type_ in labels() else "",
        page=page_number(data.get("page", ""), notices),
        notices=tuple(notices),
    )


def type_name(code: str) -> str:
    return str(labels().get(code, code))


def _filter_words(name: str) -> tuple[str, Callable[[str], str]]:
    if name != "type":
        return "", lambda code: ""
    return _("Jenis"), lambda code: str(labels().get(code, ""))


PLACE = Place("site", gettext_lazy("Seluruh portal"), lambda: reverse("search:results"), _filter_words)


def _entry(hit: Hit) -> Entry:
    current = get_language() or "id"
    return Entry(
        title=hit.title,
        url=in_language(hit.data.get("url"), current),
        type=type_name(hit.type),
        snippet=hit.snippet,
        meta=" · ".join(_meta(hit)),
        # Named only where it is not the reader's.
        language=hit.language if hit.language != current else "",
    )


def _meta(hit: Hit) -> list[str]:
    data, language = hit.data, hit.language
    day = parse_date(str(data.get("date") or ""))
    parts = [
        in_language(data.get("institution"), language),
        in_language(data.get("place"), language),
        str(data.get("year") or ""),
        date_format(day, "j F Y") if day else "",
    ]
    return list(dict.fromkeys(part for part in parts if part))


def in_language(texts: object, language: str) -> str:
    """The text of a language among those of a document's data, else the Indonesian, else any, else ""."""
    if not isinstance(texts, dict):
        return ""
    return str(texts.get(language) or texts.get("id") or next(iter(texts.values()), ""))
