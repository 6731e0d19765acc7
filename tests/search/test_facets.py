from collections import Counter
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import index
from search.models import SearchDocument
from search.types import Document, FacetCount, Query, SearchEngine
from tests.factories.search import document, store

pytestmark = pytest.mark.django_db

FACETS = ("sector", "year", "status")
VALUES = st.frozensets(st.sampled_from("abcd"), max_size=3)
CHOICES = st.fixed_dictionaries({}, optional=dict.fromkeys(FACETS, VALUES))
_sets = count()


def passes(one: Document, filters: dict, exclude: dict) -> bool:
    for name, chosen in filters.items():
        if chosen and not chosen & set(one.facets.get(name, ())):
            return False
    return not any(
        (left_out - filters.get(name, frozenset())) & set(one.facets.get(name, ()))
        for name, left_out in exclude.items()
    )


def naive_counts(documents: list[Document], filters: dict, exclude: dict) -> dict[str, Counter[str]]:
    """A value's count, by its definition: what remains if it were the only one chosen in its facet."""
    counts = {}
    for name in FACETS:
        counts[name] = Counter()
        for value in "abcd":
            alone = {**filters, name: frozenset({value})}
            number = sum(passes(one, alone, exclude) for one in documents)
            if number:
                counts[name][value] = number
    return counts


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHOICES, max_size=8), CHOICES, CHOICES, st.sampled_from(["", "kopi"]))
def test_counts__equal_a_naive_count(
    engine: SearchEngine, chosen: list[dict], filters: dict, exclude: dict, text: str
) -> None:
    for key in SearchDocument.objects.values_list("key", flat=True):
        index.remove(key)
    documents = [
        document("Kopi", facets=facets, key=f"x:{next(_sets)}", type="x", visible=number % 5 != 4)
        for number, facets in enumerate(chosen)
    ]
    index.store_many(documents)
    visible = [one for one in documents if one.visible]
    results = engine.search(
        Query(
            text,
            filters={name: tuple(values) for name, values in filters.items()},
            exclude={name: tuple(values) for name, values in exclude.items()},
            facets=FACETS,
            page_size=100,
        )
    )
    expected = {one.key for one in visible if passes(one, filters, exclude)}
    assert {hit.key for hit in results.hits} == expected
    assert results.total == len(expected)
    counts = {name: {one.value: one.count for one in found} for name, found in results.facets.items()}
    assert counts == naive_counts(visible, filters, exclude)


def test_counts__left_out_value_is_counted_and_can_be_chosen(engine: SearchEngine) -> None:
    store(
        document("A", facets={"status": ["running"]}),
        document("B", facets={"status": ["stopped"]}),
        document("C", facets={"status": ["stopped"]}),
    )
    without = engine.search(Query(exclude={"status": ("stopped",)}, facets=("status",)))
    assert [hit.title for hit in without.hits] == ["A"]
    assert {one.value: one.count for one in without.facets["status"]} == {"stopped": 2, "running": 1}
    chosen = engine.search(
        Query(exclude={"status": ("stopped",)}, filters={"status": ("stopped",)}, facets=("status",))
    )
    assert {hit.title for hit in chosen.hits} == {"B", "C"}
    assert chosen.facets == without.facets


def test_counts__near_misses_are_not_counted(engine: SearchEngine) -> None:
    store(document("Kopi susu gula", facets={"sector": ["a"]}), document("Kopi", facets={"sector": ["b"]}))
    results = engine.search(Query("kopi susu gula", facets=("sector",)))
    assert results.near_total == 1
    assert [one.value for one in results.facets["sector"]] == ["a"]


def test_counts__a_very_long_value_is_cut_and_can_be_chosen(engine: SearchEngine) -> None:
    store(document("Kopi", facets={"sector": ["a" * 130]}))
    (only,) = engine.search(Query(facets=("sector",))).facets["sector"]
    assert only == FacetCount("a" * index.LONGEST_VALUE, 1)
    assert engine.search(Query(filters={"sector": (only.value,)})).total == 1
