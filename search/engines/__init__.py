"""The way in for everybody who searches: `search(query)`. Which engine answers is decided here."""

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module

from django.conf import settings

from search.types import NOTHING, Exclusion, Query, Results, SearchEngine, Similar, Title

ENGINES = {
    "database": "search.engines.database.DatabaseEngine",
    "elasticsearch": "search.engines.elasticsearch.ElasticsearchEngine",
}


class UnknownEngineError(LookupError):
    """No engine of that name, or one that has no server."""


def engine(name: str = "") -> SearchEngine:
    """The engine of a name; without one that which answers readers. Raises `UnknownEngineError`."""
    if name and name not in ENGINES:
        raise UnknownEngineError(f"No search engine “{name}”. Known: {', '.join(ENGINES)}")
    if name == "elasticsearch" and not settings.ELASTICSEARCH_URL:
        raise UnknownEngineError("There is no Elasticsearch: set ELASTICSEARCH_URL.")
    return _for_readers(settings.ELASTICSEARCH_URL) if not name else _made(name, settings.ELASTICSEARCH_URL)


def search(query: Query) -> Results:
    """Answer a reader's query. Never raises because of what the query holds, or of what has failed."""
    return engine().search(query)


def matches(query: Query) -> Sequence[int]:
    """The ids of everything that matches, in order: for downloads, which have no pages."""
    return engine().matches(query)


def similar(
    key: str, language: str, facets: Sequence[str] = (), exclude: Exclusion = NOTHING, limit: int = 3
) -> Sequence[Similar]:
    """Documents about the same things as another; see `SearchEngine.similar`."""
    return engine().similar(key, language, facets, exclude, limit)


def complete(text: str, language: str, types: tuple[str, ...] = (), limit: int = 5) -> Sequence[Title]:
    """Titles that go on from what has been typed. Raises `EngineUnavailableError` when no engine answers."""
    return engine().complete(text, language, types, limit)


@lru_cache(maxsize=4)
def _made(name: str, url: str) -> SearchEngine:
    module, _, attribute = ENGINES[name].rpartition(".")
    made: SearchEngine = getattr(import_module(module), attribute)()
    return made


@lru_cache(maxsize=4)
def _for_readers(url: str) -> SearchEngine:
    """The database's, or Elasticsearch with the database behind it."""
    if not url:
        return _made("database", url)
    from search.engines.guarded import GuardedEngine

    return GuardedEngine(_made("elasticsearch", url), _made("database", url))
