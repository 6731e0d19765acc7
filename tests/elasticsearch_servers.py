"""Elasticsearch for tests: the shared server of TEST_ELASTICSEARCH_URL, or one of a test's own to break."""

import os
from collections.abc import Iterator

import pytest
from django.test import override_settings

from scripts.elasticsearch_install import HOW_TO_INSTALL, InstallError, find_home
from scripts.elasticsearch_server import Server
from scripts.jdk import NoJdkError, find_jdk
from search.engines.elasticsearch.connection import Connection
from search.upkeep.rebuild import rebuild
from tests.search import server_index
from tests.tools import require

SHARED = "elasticsearch_url"
OWN = ("own_elasticsearch", "elasticsearch_machine")
HOW_TO_GET_A_SERVER = (
    "needs an Elasticsearch: make elasticsearch, then set TEST_ELASTICSEARCH_URL=http://127.0.0.1:9200"
)


def mark(items: list[pytest.Item]) -> None:
    """Who uses one of the fixtures here is marked; servers of one's own are started one at a time."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if SHARED in fixtures or not set(OWN).isdisjoint(fixtures):
            item.add_marker(pytest.mark.elasticsearch)
        if not set(OWN).isdisjoint(fixtures):
            item.add_marker(pytest.mark.xdist_group("own_elasticsearch"))


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """The address of a running server. Tests share it: take index names of your own and remove them."""
    url = os.environ.get("TEST_ELASTICSEARCH_URL", "")
    require(url, HOW_TO_GET_A_SERVER)
    return url.rstrip("/")


@pytest.fixture(scope="session")
def elasticsearch_machine() -> None:
    """Distribution and JDK are there, so that a test can start a `Server` of its own."""
    try:
        find_jdk(os.environ, find_home(os.environ) / "jdk")
    except (InstallError, NoJdkError) as missing:
        require(False, f"{missing} ({HOW_TO_INSTALL})")


@pytest.fixture(scope="module")
def own_elasticsearch(elasticsearch_machine: None) -> Iterator[Server]:
    """A server of this test module alone: to kill, to pause and to stop. Every test finds it running."""
    with Server() as server:
        yield server


@pytest.fixture(autouse=True)
def _own_elasticsearch_is_back(request: pytest.FixtureRequest) -> None:
    """Whatever the test before did to the server of the module: it runs again, with its data."""
    if "own_elasticsearch" in request.fixturenames:
        server: Server = request.getfixturevalue("own_elasticsearch")
        server.resume()
        server.start()


@pytest.fixture(autouse=True)
def _elasticsearch_or_skip(request: pytest.FixtureRequest) -> None:
    """A test that is marked but uses no fixture of these needs the shared server."""
    if request.node.get_closest_marker("elasticsearch") and set(OWN).isdisjoint(request.fixturenames):
        request.getfixturevalue(SHARED)


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
