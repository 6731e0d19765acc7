"""What the reader has chosen beside words, in Elasticsearch's query language."""

from collections.abc import Mapping, Sequence

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query as Clause

from search.index import TYPE_FACET
from search.types import Query


class Choice:
    """What a query's types, filters and left-out values let pass."""

    def __init__(self, query: Query) -> None:
        filters = {name: values for name, values in query.filters.items() if values}
        if query.types:
            filters[TYPE_FACET] = query.types
        self.filters: Mapping[str, Sequence[str]] = filters
        # Whose values are counted with the own choice left out.
        self.counted = [name for name in filters if name != TYPE_FACET or query.count_types]
        self.exclude: Mapping[str, Sequence[str]] = query.exclude

    def clauses(self, without: str | None = None) -> list[Clause]:
        """What a document must pass, one facet's own choice aside."""
        found = [having(name, values) for name, values in self.filters.items() if name != without]
        for name, values in self.exclude.items():
            # What the reader chooses is shown, even if it is left out otherwise.
            left_out = [value for value in values if value not in self.filters.get(name, ())]
            if name != without and left_out:
                found.append(~having(name, left_out))
        return found


def having(name: str, values: Sequence[str]) -> Clause:
    """Documents with any of these values of a facet."""
    return Q("terms", **{field_of(name): list(values)})


def field_of(facet: str) -> str:
    return "type" if facet == TYPE_FACET else f"facets.{facet}"


def every(wanted: Sequence[Clause]) -> Clause:
    """Documents that pass all of these; everything where there are none."""
    return Q("bool", filter=list(wanted)) if wanted else Q("match_all")
