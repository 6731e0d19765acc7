import time
from collections.abc import Sequence
from typing import Any

from search import index, limits
from search.analysis import typed_words
from search.engines import likeness
from search.engines.elasticsearch import answer, request
from search.engines.elasticsearch.answer import Answer
from search.engines.elasticsearch.connection import Connection, client
from search.engines.elasticsearch.faults import check, reported
from search.engines.elasticsearch.mapping import live_alias
from search.engines.elasticsearch.page import Requests, all_matches, requests
from search.engines.elasticsearch.walk import walk
from search.engines.hits import hits, notice, titled, window
from search.index import TYPE_FACET
from search.models import SearchDocument
from search.types import (
    NOTHING,
    TEXT_FIELDS,
    EngineUnavailableError,
    Exclusion,
    Query,
    Results,
    Similar,
    Title,
)
from search.understanding import copies, understand

# Ids read together where all matches are wanted.
READ_TOGETHER = 5000
SHORTEST_SECONDS = 0.001


class ElasticsearchEngine:
    """Asks Elasticsearch which documents match, and shows them as the database has them.

    So what has been withdrawn a moment ago is not shown, even where the index does not know it yet.
    Raises `EngineUnavailableError` when the server does not answer as it should.
    """

    name = "elasticsearch"

    @property
    def connection(self) -> Connection:
        found = Connection.from_settings()
        if found is None:
            raise EngineUnavailableError("there is no Elasticsearch: set ELASTICSEARCH_URL")
        return found

    def search(self, query: Query) -> Results:
        began = time.perf_counter()
        meaning = understand(query.text, query.language)
        asked = requests(query, meaning)
        counted, matching, near = self._page(asked)
        with reported():
            counts = answer.Counts(counted, query)
            found = answer.Found(matching, near, meaning, counts.total)
            shown = found.between(asked.first, *window(query), asked.in_full)
        rows = SearchDocument.objects.defer("facets").in_bulk(shown.ids, field_name="key")
        return Results(
            hits=hits(query, meaning, rows, shown),
            total=counts.total,
            near_total=found.reach - counts.total,
            types=counts.of(TYPE_FACET),
            facets={name: counts.of(name) for name in query.facets},
            alternatives=counts.alternatives,
            suggestion=meaning.suggestion if query.suggest else "",
            took_ms=(time.perf_counter() - began) * 1000,
            engine=self.name,
            notice=notice(meaning),
        )

    def matches(self, query: Query) -> Sequence[int]:
        """In the order of `search`, but without its fine ranking of the first `limits.RANKED`."""
        meaning = understand(query.text, query.language)
        body = {**all_matches(query, meaning), "docvalue_fields": ["object_id"]}
        with reported():
            pages = walk(client(self.connection), self._alias, body, READ_TOGETHER)
            return [hit["fields"]["object_id"][0] for page in pages for hit in page]

    def similar(
        self,
        key: str,
        language: str,
        facets: Sequence[str] = (),
        exclude: Exclusion = NOTHING,
        limit: int = 3,
    ) -> Sequence[Similar]:
        asked = likeness.asked_for(key)
        if asked is None:
            return ()
        vocabulary, _thesaurus = copies.current()
        wanted = likeness.terms(asked, vocabulary)
        if not wanted:
            return ()
        body = request.similar(asked, wanted, exclude)
        (answered,) = self._ask([body])
        with reported():
            stems = {
                hit["_id"]: [hit["_source"].get(name, "") for name in TEXT_FIELDS]
                for hit in answered["hits"]["hits"]
            }
        rows = SearchDocument.objects.filter(key__in=stems, visible=True)
        pairs = [(row, stems[row.key]) for row in rows]
        return likeness.best(asked, wanted, pairs, facets, language, limit)

    def complete(
        self, text: str, language: str, types: tuple[str, ...] = (), limit: int = 5
    ) -> Sequence[Title]:
        words = typed_words(text)
        if not words or limit < 1:
            return ()
        (answered,) = self._ask([request.completion(words, types, limit)])
        with reported():
            keys = [hit["_id"] for hit in answered["hits"]["hits"]]
        rows = SearchDocument.objects.filter(visible=True).in_bulk(keys, field_name="key")
        return tuple(titled(rows[key], language) for key in keys if key in rows)

    def _page(self, asked: Requests) -> tuple[Answer, Answer, Answer | None]:
        """Counts, what matches, and what comes near where that is shown."""
        began = time.monotonic()
        answers = self._ask(asked.at_once)
        if asked.afterwards:
            with reported():
                is_enough = answer.total(answers[0]) >= limits.NEAREST
            if not is_enough:
                # A reader waits once, however often we ask.
                left = max(self.connection.timeout - (time.monotonic() - began), SHORTEST_SECONDS)
                answers += self._ask(asked.afterwards, left)
        near = answers[asked.matches :]
        return answers[0], answers[asked.matches - 1], near[0] if near else None

    def _ask(self, bodies: Sequence[dict[str, Any]], seconds: float | None = None) -> list[Answer]:
        """The answers to several searches, sent in one request. Without `seconds` the time-out as set."""
        searches: list[dict[str, Any]] = []
        for body in bodies:
            searches += [{"allow_partial_search_results": False}, body]
        with reported():
            server = client(self.connection)
            server = server.options(request_timeout=seconds) if seconds else server
            answered = server.msearch(index=self._alias, searches=searches)["responses"]
            for _search, one in zip(bodies, answered, strict=True):
                check(one)
            return list(answered)

    @property
    def _alias(self) -> str:
        return live_alias(self.connection, index.facet_names())
