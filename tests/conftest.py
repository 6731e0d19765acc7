"""Fixtures for every test: files go to a temporary folder, and migrated rows are there whoever was before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests import elasticsearch_servers, template_database
from tests.elasticsearch_servers import (  # noqa: F401 (fixtures of every test)
    _elasticsearch_or_skip,
    _own_elasticsearch_is_back,
    elasticsearch,
    elasticsearch_machine,
    elasticsearch_url,
    own_elasticsearch,
)
from tests.tools import require


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    elasticsearch_servers.mark(items)
    for item in items:
        _keep_migrated_rows(item)


def _keep_migrated_rows(item: pytest.Item) -> None:
    """A test with transactions of its own empties the database; each begins with the rows of the migrations.

    All or none: one without leaves rows with other numbers, beside which these cannot be put back.
    """
    marker = item.get_closest_marker("django_db")
    fixtures: list[str] = getattr(item, "fixturenames", [])
    if (marker and marker.kwargs.get("transaction")) or "transactional_db" in fixtures:
        fixtures.append("django_db_serialized_rollback")


@pytest.fixture(scope="session", autouse=True)
def media_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test writes uploads into the project."""
    folder = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=str(folder)):
        yield folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Puts a copy of the migrated database where the test database is going to be."""
    if connection.vendor != "sqlite":
        yield
        return
    database = Path(connection.settings_dict["TEST"]["NAME"])
    template_database.copy_to(database)
    yield
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool, django_db_modify_db_settings: None) -> bool:
    """A copied database is kept and brought up to date, which is quick, instead of made anew."""
    return django_db_keepdb or (
        connection.vendor == "sqlite" and Path(connection.settings_dict["TEST"]["NAME"]).exists()
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """After the tables are made: keeps them for the next run."""
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            template_database.keep(connection)


@pytest.fixture
def live_server(django_db_serialized_rollback: None, live_server: object) -> object:
    """pytest-django's server. Its tests empty the database; the rows that migrations made come back."""
    return live_server


@pytest.fixture(autouse=True)
def _no_language_left_over() -> None:
    """A request leaves its language behind in the thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _postgresql_or_skip(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("postgresql"):
        require(
            connection.vendor == "postgresql",
            "needs PostgreSQL: set DATABASE_URL=postgres://user:password@127.0.0.1:5432/name",
        )
