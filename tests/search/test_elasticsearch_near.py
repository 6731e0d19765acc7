"""What comes near is sought among some documents only; what matches, among all."""

from collections.abc import Sequence
from typing import Any

import pytest

from search import limits
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.connection import Connection
from search.types import Query, Results, Sort
from search.upkeep import outbox
from tests.factories.search import document, store

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

NEAR, MATCHES = 6, 4


@pytest.fixture
def portal(elasticsearch: Connection) -> Connection:
    """Near misses are met first."""
    store(*[document(f"Sampah plastik {n}") for n in range(NEAR)])
    store(*[document(f"Sampah organik {n}") for n in range(MATCHES)])
    outbox.pass_all_on(elasticsearch)
    return elasticsearch


def found(size: int, page: int = 1, sort: Sort = Sort.RELEVANCE) -> Results:
    query = Query("sampah organik basah", page=page, page_size=size, sort=sort)
    return ElasticsearchEngine().search(query)


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST, Sort.TITLE])
@pytest.mark.parametrize(
    ("looked_at", "near"), [(1, 0), (MATCHES, 0), (NEAR, 2), (NEAR + MATCHES, NEAR), (10_000, NEAR)]
)
def test_near_misses__are_sought_among_some_documents_and_matches_among_all(
    portal: Connection, monkeypatch: pytest.MonkeyPatch, looked_at: int, near: int, sort: Sort
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.page.LOOKED_AT", looked_at)
    results = found(20, sort=sort)
    assert (results.total, results.near_total) == (MATCHES, near)
    assert [hit.near for hit in results.hits] == [False] * MATCHES + [True] * near
    assert len({hit.key for hit in results.hits}) == MATCHES + near


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST])
def test_near_misses__follow_page_by_page(
    portal: Connection, monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    """Also on pages that do not begin with the first result."""
    monkeypatch.setattr(limits, "RANKED", 3)
    pages = [found(3, page, sort) for page in (1, 2, 3, 4)]
    assert [[hit.near for hit in page.hits] for page in pages] == [
        [False, False, False], [False, True, True], [True, True, True], [True],
    ]  # fmt: skip
    assert len({hit.key for page in pages for hit in page.hits}) == NEAR + MATCHES


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Whether near misses were asked for in each request to the server (0 or 1)."""
    numbers: list[int] = []
    ask = ElasticsearchEngine._ask

    def noted(self: ElasticsearchEngine, bodies: Sequence[dict[str, Any]], *seconds: float) -> list[Any]:
        numbers.append(sum("terminate_after" in body for body in bodies))
        return ask(self, bodies, *seconds)

    monkeypatch.setattr(ElasticsearchEngine, "_ask", noted)
    return numbers


@pytest.mark.parametrize(
    ("looks_plentiful", "nearest", "requests"),
    [(True, MATCHES, [0]), (True, MATCHES + 1, [0, 1]), (False, MATCHES, [1]), (False, MATCHES + 1, [1])],
)
@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST])
@pytest.mark.parametrize("page", [1, 2, 3])
def test_near_misses__are_asked_for_where_they_may_be_shown_and_the_results_are_the_same(
    portal: Connection, monkeypatch: pytest.MonkeyPatch, asked: list[int],
    looks_plentiful: bool, nearest: int, requests: list[int], sort: Sort, page: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(limits, "NEAREST", nearest)
    monkeypatch.setattr("search.engines.elasticsearch.page.looks_plentiful", lambda *query: looks_plentiful)
    results = found(3, page, sort)
    assert asked == requests
    assert (results.total, results.near_total) == (MATCHES, nearest - MATCHES)
    shown = min(max(nearest - 3 * (page - 1), 0), 3)
    matches = min(max(MATCHES - 3 * (page - 1), 0), 3)
    assert [hit.near for hit in results.hits] == [False] * matches + [True] * (shown - matches)


def test_near_misses__of_a_word_that_many_hold_are_not_asked_for(
    portal: Connection, monkeypatch: pytest.MonkeyPatch, asked: list[int]
) -> None:
    monkeypatch.setattr(limits, "NEAREST", MATCHES)
    assert ElasticsearchEngine().search(Query("sampah")).total == NEAR + MATCHES
    assert ElasticsearchEngine().search(Query("basah")).total == 0
    assert ElasticsearchEngine().search(Query("sampah", filters={"sector": ("air",)})).total == 0
    assert ElasticsearchEngine().search(Query("")).total == NEAR + MATCHES
    assert asked == [0, 1, 1, 0]
