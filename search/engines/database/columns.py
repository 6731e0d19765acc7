"""A copy in memory of what documents are sorted and filtered by, renewed when a document changes.

For every facet value a whole number whose bits say which documents have it: filtering is an AND,
counting a count of bits. At 10,000 documents with 16 facets all counts take about a millisecond,
where grouping in the database took 70; a renewal reads narrow rows only.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from search.models import DocumentFacets, FacetValue, OutboxEntry, SearchDocument
from search.types import Sort

Token = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """`places` numbers the visible documents; the bits of `values` and `everything` go by these numbers."""

    places: dict[int, int]
    values: dict[str, dict[str, int]]
    everything: int
    orders: dict[Sort, list[int]]

    def having(self, facet: str, values: Iterable[str]) -> int:
        """The documents with any of these values."""
        known = self.values.get(facet, {})
        found = 0
        for value in values:
            found |= known.get(value, 0)
        return found

    def bits(self, ids: Iterable[int]) -> int:
        """These documents; those not (or no longer) visible are left out."""
        marks = bytearray(len(self.places) // 8 + 1)
        for id_ in ids:
            place = self.places.get(id_)
            if place is not None:
                marks[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(marks, "little")

    def among(self, ids: Iterable[int], bits: int) -> Iterator[int]:
        """Those of `ids` whose bit is set, in their order."""
        marks = bits.to_bytes(len(self.places) // 8 + 1, "little")
        for id_ in ids:
            place = self.places.get(id_)
            if place is not None and marks[place >> 3] >> (place & 7) & 1:
                yield id_


_copy: tuple[Token, Columns] | None = None


def current() -> Columns:
    """The columns as they stand in the database: one small statement where nothing has changed."""
    global _copy
    token = OutboxEntry.state()
    if _copy is None or _copy[0] != token or not token:
        _copy = token, _load()
    return _copy[1]


def _load() -> Columns:
    documents, packed = SearchDocument._meta.db_table, DocumentFacets._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT d.id, d.date, d.sort_title, d.evidence, d.replications, p."values" '  # noqa: S608
            f"FROM {documents} d JOIN {packed} p ON p.document_id = d.id WHERE d.visible ORDER BY d.id"
        )
        rows = cursor.fetchall()
    marks: dict[int, bytearray] = defaultdict(lambda: bytearray(len(rows) // 8 + 1))
    for place, row in enumerate(rows):
        byte, bit = place >> 3, 1 << (place & 7)
        for number in array("I", bytes(row[5])):
            marks[number][byte] |= bit
    values: dict[str, dict[str, int]] = defaultdict(dict)
    for number, facet, value in FacetValue.objects.values_list("id", "facet", "value"):
        if number in marks:
            values[facet][value] = int.from_bytes(marks[number], "little")
    return Columns(
        places={row[0]: place for place, row in enumerate(rows)},
        values=dict(values),
        everything=(1 << len(rows)) - 1,
        orders=_orders(rows),
    )


def _orders(rows: list[tuple]) -> dict[Sort, list[int]]:
    # Sorting keeps the order of equals: the last criterion first.
    by_title = sorted(rows, key=lambda row: (row[2], row[0]))
    newest = sorted(by_title, key=lambda row: row[1], reverse=True)
    by_evidence = sorted(newest, key=lambda row: row[3], reverse=True)
    orders = {
        Sort.TITLE: by_title,
        Sort.NEWEST: newest,
        Sort.EVIDENCE: by_evidence,
        # Without words there is no relevance: what is shown best first, then the newest.
        Sort.RELEVANCE: by_evidence,
        Sort.REPLICATED: sorted(newest, key=lambda row: row[4], reverse=True),
    }
    return {sort: [row[0] for row in ordered] for sort, ordered in orders.items()}
