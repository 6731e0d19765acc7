"""Filters and facet counts."""

from collections.abc import Mapping

from search.engines.database.columns import Columns
from search.index import TYPE_FACET
from search.types import FacetCount, Query

Counts = dict[str, tuple[FacetCount, ...]]


class Selection:
    """What a query's types, filters and left-out values let pass, and how the rest is counted."""

    def __init__(self, query: Query, columns: Columns) -> None:
        self.columns = columns
        filters = {name: values for name, values in query.filters.items() if values}
        if query.types:
            filters[TYPE_FACET] = query.types
        self.filters: Mapping[str, tuple[str, ...]] = filters
        self.exclude = query.exclude
        self.counted = tuple(dict.fromkeys((TYPE_FACET, *query.facets)))

    def passing(self, base: int, without: str | None = None) -> int:
        """Those of `base` that pass every filter and have no left-out value, one facet aside."""
        for name, values in self.filters.items():
            if name != without:
                base &= self.columns.having(name, values)
        for name, values in self.exclude.items():
            if name != without:
                # What the reader chooses is shown, even if it is left out otherwise.
                left_out = set(values).difference(self.filters.get(name, ()))
                base &= ~self.columns.having(name, left_out)
        return base

    def counts(self, base: int) -> Counts:
        """For every counted facet its values' numbers, as if each were the only one chosen there."""
        passing = self.passing(base)
        counts: Counts = {}
        for name in self.counted:
            own = name in self.filters or name in self.exclude
            counts[name] = self._counts_of(name, self.passing(base, without=name) if own else passing)
        return counts

    def _counts_of(self, name: str, base: int) -> tuple[FacetCount, ...]:
        left_out = self.exclude.get(name, ())
        kept = base & ~self.columns.having(name, left_out)
        found = []
        for value, bits in self.columns.values.get(name, {}).items():
            among = kept
            if value in left_out:
                # Chosen alone it is shown, but not with another left-out value beside it.
                among = base & ~self.columns.having(name, set(left_out) - {value})
            if number := (bits & among).bit_count():
                found.append(FacetCount(value, number))
        return tuple(sorted(found, key=lambda count: (-count.count, count.value)))
