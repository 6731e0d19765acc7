"""The admin's own search: modelsearch's database backend, guarded.

On SQLite it puts the typed text into an FTS expression: a quotation mark, a percent sign or nothing but
blanks ends in a database error; PostgreSQL refuses NUL bytes. Punctuation carries no meaning for the
admin's search, so it is replaced by blanks before either database sees it.
"""

import re
from typing import Any

from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend, EmptySearchResults
from modelsearch.query import SearchQuery

PUNCTUATION = re.compile(r"[^\w\s]|_")
MAX_LENGTH = 200


def tame(query: str) -> str:
    """The words of `query`, at most 200 characters, separated by single blanks."""
    return " ".join(PUNCTUATION.sub(" ", query[:MAX_LENGTH].replace("\0", " ")).split())


class GuardedSearch:
    """Put before a modelsearch backend: no text an editor types makes the search fail."""

    def search(self, query: SearchQuery | str, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        return self._guarded("search", query, model_or_queryset, *args, **kwargs)

    def autocomplete(
        self, query: SearchQuery | str, model_or_queryset: Any, *args: Any, **kwargs: Any
    ) -> Any:
        return self._guarded("autocomplete", query, model_or_queryset, *args, **kwargs)

    def _guarded(self, method: str, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query, str) and not (query := tame(query)):
            return EmptySearchResults()
        return getattr(super(), method)(query, model_or_queryset, *args, **kwargs)


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:  # noqa: N802 - the name modelsearch looks for
    """The database's own backend with the guard before it."""
    backend = database.SearchBackend(params)
    return type(f"Guarded{type(backend).__name__}", (GuardedSearch, type(backend)), {})(params)
