"""What came back from the server: which documents to show, and the counts."""

from collections.abc import Mapping
from typing import Any

from search import limits
from search.engines.elasticsearch import clauses
from search.engines.elasticsearch.choice import Choice
from search.engines.elasticsearch.mapping import VALUES
from search.engines.hits import Shown, reordered
from search.engines.ranking import Ranker
from search.index import TYPE_FACET
from search.types import TEXT_FIELDS, FacetCount, Query
from search.understanding import Understanding

Answer = Mapping[str, Any]


class Counts:
    """The counts of one page of results."""

    def __init__(self, answer: Answer, query: Query) -> None:
        found = answer["aggregations"]
        self.total = total(answer)
        self.alternatives = tuple(
            found[f"alternative {place}"]["doc_count"] for place in range(len(query.alternatives))
        )
        self._values: dict[str, dict[str, int]] = {}
        if query.count_types:
            self._values[TYPE_FACET] = _buckets(found["passing"][TYPE_FACET])
        for pair, count in _buckets(found["passing"][VALUES]).items():
            name, _, value = pair.partition("=")
            self._values.setdefault(name, {})[value] = count
        for name in Choice(query).counted:
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


def total(counted: Answer) -> int:
    """How many documents match."""
    found: int = counted["aggregations"]["passing"]["doc_count"]
    return found


class Found:
    """The matches and near misses of one page of results, of which `total` match. There is no `near` where
    none that comes near would be shown."""

    def __init__(self, matching: Answer, near: Answer | None, meaning: Understanding, total: int) -> None:
        self.meaning = meaning
        self.total = total
        # How many results there are to turn the pages of: near misses as far as `limits.NEAREST`.
        self.reach = total
        self.matches: list[Any] = matching["hits"]["hits"]
        self.near: list[Any] = []
        if near is not None:
            self.reach = max(total, min(near["hits"]["total"]["value"], limits.NEAREST))
            # Matches come before them: there are always as many of them as are shown.
            self.near = [hit for hit in near["hits"]["hits"] if hit["_score"] < clauses.enough(meaning)]

    def between(self, first: int, start: int, size: int, in_full: bool) -> Shown[str]:
        """`size` results from place `start` on, of those that came, which begin at place `first`; `in_full`
        the best `limits.RANKED` stand in the order of how they answer the query."""
        came = [*self.matches, *self.near[max(first - self.total, 0) :]]
        keys = [hit["_id"] for hit in came]
        scores: dict[str, float] = {}
        if in_full:
            ranker = Ranker(self.meaning)
            for hit in came[: limits.RANKED]:
                source = hit["_source"]
                scores[hit["_id"]] = ranker.score([source.get(name, "") for name in TEXT_FIELDS])
            keys = reordered(keys, len(self.matches), scores)
        skipped = start - first
        wanted = min(size, max(self.reach - start, 0))
        return Shown(keys[skipped : skipped + wanted], max(len(self.matches) - skipped, 0), scores)
