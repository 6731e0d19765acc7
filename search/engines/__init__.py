"""The way in for everybody who searches: `search(query)`. Which engine answers is decided here."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module

from search.types import Query, Results, SearchEngine, Title

ENGINES = {"database": "search.engines.database.DatabaseEngine"}
DEFAULT = "database"


class UnknownEngineError(LookupError):
    """No engine of that name."""


@cache
def engine(name: str = DEFAULT) -> SearchEngine:
    """The engine of a name. Raises `UnknownEngineError` when there is none."""
    try:
        module, _, attribute = ENGINES[name].rpartition(".")
    except KeyError:
        raise UnknownEngineError(f"No search engine “{name}”. Known: {', '.join(ENGINES)}") from None
    made: SearchEngine = getattr(import_module(module), attribute)()
    return made


def search(query: Query) -> Results:
    """Answer a reader's query. Never raises because of what the query holds."""
    return engine().search(query)


def matches(query: Query) -> Sequence[int]:
    """The ids of everything that matches, in order: for downloads, which have no pages."""
    return engine().matches(query)


def complete(text: str, language: str, types: tuple[str, ...] = (), limit: int = 5) -> Sequence[Title]:
    """Titles that go on from what has been typed. Raises `EngineUnavailableError` when no engine answers."""
    return engine().complete(text, language, types, limit)
