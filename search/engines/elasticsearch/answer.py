"""What came back from the server: which documents to show, and the counts."""

from collections.abc import Mapping
from typing import Any

from search.engines.elasticsearch import clauses
from search.engines.elasticsearch.mapping import VALUES
from search.engines.hits import RANKED, Shown, reordered
from search.engines.ranking import Ranker
from search.index import TYPE_FACET
from search.types import TEXT_FIELDS, FacetCount, Query
from search.understanding import Understanding

Answer = Mapping[str, Any]


class Counts:
    """The counts of one page of results."""

    def __init__(self, answer: Answer, query: Query) -> None:
        found = answer["aggregations"]
        self.total: int = found["passing"]["doc_count"]
        self.alternatives = tuple(
            found[f"alternative {place}"]["doc_count"] for place in range(len(query.alternatives))
        )
        self._values: dict[str, dict[str, int]] = {TYPE_FACET: _buckets(found["passing"][TYPE_FACET])}
        for pair, count in _buckets(found["passing"][VALUES]).items():
            name, _, value = pair.partition("=")
            self._values.setdefault(name, {})[value] = count
        chosen = [name for name, values in query.filters.items() if values]
        for name in [*chosen, *([TYPE_FACET] if query.types else [])]:
            self._values[name] = _buckets(found[f"without {name}"]["kept"][name])
        for name, values in query.exclude.items():
            for place, value in enumerate(values):
                self._values.setdefault(name, {})[value] = found[f"left out {name} {place}"]["doc_count"]

    def of(self, facet: str) -> tuple[FacetCount, ...]:
        """A facet's values that have any results, the most frequent first."""
        counts = self._values.get(facet, {}).items()
        found = (FacetCount(value, count) for value, count in counts if count)
        return tuple(sorted(found, key=lambda count: (-count.count, count.value)))


def _buckets(counted: Answer) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in counted["buckets"]}


def found(answer: Answer) -> int:
    """How many documents match or come near, counted up to `NEAREST`."""
    total: int = answer["hits"]["total"]["value"]
    return total


def shown(answer: Answer, meaning: Understanding, in_full: bool, skipped: int, size: int) -> Shown[str]:
    """`size` documents of those that came back, `skipped` ones left out; where they are to be ranked in full,
    the first `RANKED` in the order of how they answer the query."""
    came = answer["hits"]["hits"]
    enough = clauses.enough(meaning) if meaning.concepts else 0.0
    true = sum((hit["_score"] or 0.0) >= enough for hit in came) if meaning.concepts else len(came)
    keys = [hit["_id"] for hit in came]
    scores: dict[str, float] = {}
    if in_full:
        ranker = Ranker(meaning)
        for hit in came[:RANKED]:
            source = hit["_source"]
            scores[hit["_id"]] = ranker.score([source.get(name, "") for name in TEXT_FIELDS])
        keys = reordered(keys, true, scores)
    return Shown(keys[skipped : skipped + size], max(true - skipped, 0), scores)
