"""Queries meant to hurt: none raises, and none makes the portal leave the server alone."""

from itertools import product
from string import ascii_lowercase

import pytest

from search import engines, limits
from search.engines.elasticsearch.connection import Connection
from search.engines.guarded import GuardedEngine
from search.models import SynonymGroup
from search.types import Query, Sort
from search.upkeep.outbox import pass_all_on
from tests.factories.search import document, store

pytestmark = pytest.mark.django_db

# Words that nothing shortens, in any number.
LETTERS = ["".join(letters) for letters in product("bdfgjk", "aeiou", "lmnprs", "aeiou", "tz")]


@pytest.fixture
def kopi(elasticsearch: Connection, guarded: GuardedEngine) -> Connection:
    store(document("Kopi", key="x:1", facets={"sector": ["a"]}))
    pass_all_on(elasticsearch)
    return elasticsearch


def assert_harmless(guarded: GuardedEngine, query: Query) -> None:
    for _turn in range(2):
        results = engines.search(query)
        assert results.hits is not None
        assert len(engines.matches(query)) == results.total
        assert not guarded.breaker.is_open


def test_search__each_of_sixteen_words_with_hundreds_of_synonyms(
    kopi: Connection, guarded: GuardedEngine
) -> None:
    asked = [f"{LETTERS[number]}kata" for number in range(16)]
    for number, word in enumerate(asked):
        members = [f"{one} {LETTERS[-number - 1]}" for one in LETTERS[100 : 100 + 170]]
        SynonymGroup.objects.create(terms=word, members=" | ".join(members))
    assert_harmless(guarded, Query(" ".join(asked), facets=("sector",)))
    for sort in Sort:
        assert_harmless(guarded, Query(" ".join(asked), sort=sort, exclude={"status": ("stopped",)}))


@pytest.mark.parametrize(
    "query",
    [
        Query("kopi", filters={"sector": ("\ud800",)}),
        Query("kopi", filters={"sector": ("\0", "\ud800")}),
        Query("kopi", filters={"sector": tuple(f"{number}" for number in range(70_000))}),
        Query("kopi", filters={"sector": ("x" * 100_000,)}),
        Query("kopi", filters={f"f{number}": ("a",) for number in range(30)}),
        Query("kopi", filters={"sector.a": ("a",), "": ("a",), "*": ("a",), "facets": ("a",)}),
        Query("kopi", exclude={"status": tuple(ascii_lowercase) * 20}),
        Query("kopi", types=("\ud800", "x" * 10_000)),
        Query("kopi", types=tuple(f"t{number}" for number in range(2000))),
        Query("kopi", facets=("sector", "*", "")),
        Query("kopi", alternatives=tuple({"sector": (f"{number}",)} for number in range(1500))),
        Query("kopi", page=10**30, page_size=10**30),
        Query("kopi", page=-(10**30), page_size=-5),
        Query("kopi", page=limits.WINDOW, page_size=100),
        Query("kopi", language="\ud800"),
        Query("\ud800 \0 \x1f \u202e kopi"),
        Query("k" * 1_000_000),
        Query("{'match_all': {}} [[{" * 200),
    ],
    ids=range(18),
)
def test_search__hostile_query(kopi: Connection, guarded: GuardedEngine, query: Query) -> None:
    for _turn in range(2):
        engines.search(query)
        engines.matches(query)
    assert not guarded.breaker.is_open
    assert engines.search(Query("kopi")).engine == "elasticsearch"
