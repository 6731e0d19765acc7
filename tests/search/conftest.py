import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from django.test import override_settings

from search import engines, synonyms
from search.engines.breaker import Breaker
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.connection import Connection
from search.engines.guarded import GuardedEngine
from search.engines.lag import look
from search.types import Query, Results, SearchEngine
from search.upkeep import outbox
from search.upkeep.rebuild import rebuild
from tests.search import server_index
from tests.search.clock import Clock


@dataclass
class UpToDate:
    """Elasticsearch as the worker keeps it: every search is asked after all changes are passed on."""

    engine: ElasticsearchEngine
    name: str = "elasticsearch"

    def search(self, query: Query) -> Results:
        outbox.pass_all_on(self.engine.connection)
        return self.engine.search(query)

    def matches(self, query: Query) -> Sequence[int]:
        outbox.pass_all_on(self.engine.connection)
        return self.engine.matches(query)


@pytest.fixture
def elasticsearch(db: None, elasticsearch_url: str) -> Iterator[Connection]:
    """A server with an empty index of this test's own, set as the portal's."""
    # Several test runs may share the server.
    name = f"test-{os.getpid()}-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with override_settings(
        ELASTICSEARCH_URL=elasticsearch_url, ELASTICSEARCH_INDEX=name, ELASTICSEARCH_TIMEOUT=20.0
    ):
        connection = Connection.from_settings()
        assert connection is not None
        rebuild(connection)
        yield connection
        server_index.remove_indices(connection)


@pytest.fixture
def refusing(elasticsearch: Connection) -> Iterator[Connection]:
    """The same, and it refuses what is titled “tolak”."""
    with server_index.refusing(elasticsearch):
        yield elasticsearch


@pytest.fixture(
    params=[
        "database",
        pytest.param("elasticsearch", marks=pytest.mark.elasticsearch),
    ]
)
def engine(request: pytest.FixtureRequest, db: None) -> SearchEngine:
    """Every engine there is: what the contract says is tried on each."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
        return UpToDate(ElasticsearchEngine())
    return engines.engine(request.param)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guarded(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> GuardedEngine:
    """The engine of readers, with a clock that the test sets and no memory of an earlier look."""
    made = GuardedEngine(ElasticsearchEngine(), engines.engine("database"), Breaker(clock), lag=look)
    monkeypatch.setattr(engines, "_for_readers", lambda url: made)
    return made


@pytest.fixture
def supplied_synonyms(db: None) -> None:
    synonyms.load()
