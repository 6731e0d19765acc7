"""What comes near is sought among some documents only; what matches, among all."""

import pytest

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
    monkeypatch.setattr("search.engines.elasticsearch.engine.RANKED", 3)
    monkeypatch.setattr("search.engines.elasticsearch.answer.RANKED", 3)
    pages = [found(3, page, sort) for page in (1, 2, 3, 4)]
    assert [[hit.near for hit in page.hits] for page in pages] == [
        [False, False, False], [False, True, True], [True, True, True], [True],
    ]  # fmt: skip
    assert len({hit.key for page in pages for hit in page.hits}) == NEAR + MATCHES
