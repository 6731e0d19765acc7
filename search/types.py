"""The language between the portal and its search engines: what is asked and what comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from search import limits


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    EVIDENCE = "evidence"
    REPLICATED = "replicated"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found, in all its languages. Built by the app that owns it.

    `texts` maps a field (see `TEXT_FIELDS`) to language to plain text. `facets` maps a facet's name
    to its values (codes, as strings). `data` is what a result card shows, JSON-ready, so that a page
    of results needs no further query. `visible` False keeps the document out of every result.
    """

    key: str
    type: str
    object_id: int
    texts: dict[str, dict[str, str]]
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    date: str = ""
    evidence: int = 0
    replications: int = 0
    visible: bool = True


# Text fields by falling weight; every engine knows just these.
TEXT_FIELDS = ("title", "keywords", "summary", "body")


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader asks. `filters` maps a facet to its chosen values (any of them may match).

    `exclude` maps a facet to values left out unless chosen in `filters` (stopped innovations).
    `facets` names the facets to count. `types` is empty for all types. `alternatives` are other filters
    the reader might choose instead: for each the results say how many would match. `count_types` False spares
    counting by type.
    """

    text: str = ""
    language: str = "id"
    types: tuple[str, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: dict[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    count_types: bool = True
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = 20
    suggest: bool = True
    alternatives: tuple[dict[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found. `snippet` is safe HTML with `<mark>`; `near` marks a miss that comes close."""

    key: str
    type: str
    object_id: int
    title: str
    snippet: str
    language: str
    score: float
    near: bool
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many results remain if `value` were the only one chosen in its facet."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """`total` counts the true matches; `near_total` the nearer misses that follow them in `hits`, as far
    as the first `limits.NEAREST` results reach. `hits` go as far as the first `limits.WINDOW` results.

    `alternatives` counts the true matches of each of the query's alternatives, in their order.
    """

    hits: tuple[Hit, ...]
    total: int
    near_total: int = 0
    facets: dict[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    types: tuple[FacetCount, ...] = ()
    alternatives: tuple[int, ...] = ()
    suggestion: str = ""
    took_ms: float = 0.0
    engine: str = ""
    notice: str = ""

    @property
    def reach(self) -> int:
        """How many results there are to turn the pages of."""
        return min(self.total + self.near_total, limits.WINDOW)


class Word(NamedTuple):
    """A word as it is written, and the language (code) it is in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Similar:
    """A document like another: `words` of the other one that both share, and shared values by facet."""

    key: str
    object_id: int
    title: str
    language: str
    data: dict[str, Any]
    words: tuple[Word, ...]
    facets: dict[str, tuple[str, ...]]


Exclusion = Mapping[str, Sequence[str]]
NOTHING: Exclusion = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Title:
    """A document whose title holds words that begin as typed; `title` is the one of the reader's language
    where there is one, `language` its language, `data` the document's."""

    key: str
    type: str
    object_id: int
    title: str
    language: str
    data: dict[str, Any]


class SearchEngine(Protocol):
    """What every engine offers. No text makes it raise; `EngineUnavailableError` when it cannot answer."""

    @property
    def name(self) -> str: ...

    def search(self, query: Query) -> Results: ...

    def matches(self, query: Query) -> Sequence[int]:
        """The `object_id`s of all true matches, in the query's order; its page does not count."""
        ...

    def similar(
        self,
        key: str,
        language: str,
        facets: Sequence[str] = (),
        exclude: Exclusion = NOTHING,
        limit: int = 3,
    ) -> Sequence[Similar]:
        """Documents of the same type about the same things, the likest first, and what they share of these
        facets; none for an unknown key. `exclude` as in `Query`."""

    def complete(
        self, text: str, language: str, types: tuple[str, ...] = (), limit: int = 5
    ) -> Sequence[Title]:
        """Visible documents whose titles, in any language, hold a word beginning with each word typed.

        Words as `search.analysis.beginnings` sees them. Titles that begin with what was typed come first, the
        others after them, each in the order of these words, those of the first language before others'.
        Without words in `text` nothing.
        """
        ...


class EngineUnavailableError(Exception):
    """The engine cannot answer now; another may. Says what is wrong and what an operator should do."""


class EngineRefusedError(EngineUnavailableError):
    """The engine does not take this one query; others it answers."""
