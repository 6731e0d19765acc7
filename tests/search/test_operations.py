"""What those who run the portal learn of the search."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client, override_settings
from django.urls import reverse

from search.engines import lag
from search.engines.elasticsearch.connection import Connection
from search.models import OutboxEntry, SearchDocument
from search.operations import state
from search.upkeep import outbox
from tests.factories.search import document, store
from tests.search.server_index import make_half_readable

pytestmark = pytest.mark.django_db
# Nothing listens there.
NOBODY = override_settings(ELASTICSEARCH_URL="http://127.0.0.1:9", ELASTICSEARCH_INDEX="test-nobody")


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "_kept", None)
    monkeypatch.setattr(lag, "_kept", (float("-inf"), lag.Lag()))


def test_health__database_only(client: Client) -> None:
    store(document("Kopi"))
    found = client.get("/searchz").json()
    assert (found["status"], found["engine"], found["documents"]) == ("ok", "database", 1)
    assert (found["waiting"], found["indexed"]) == (0, None)


def test_health__who_asks_while_somebody_looks_does_not_wait(client: Client, monkeypatch: Any) -> None:
    assert client.get("/searchz").json()["documents"] == 0
    store(document("Kopi"))
    monkeypatch.setattr(state, "KEPT_SECONDS", 0.0)
    with state._looking:
        assert client.get("/searchz").json()["documents"] == 0
    assert client.get("/searchz").json()["documents"] == 1


def test_health__index_of_another_database(elasticsearch: Connection, client: Client) -> None:
    store(document("Kopi"))
    outbox.pass_all_on(elasticsearch)
    assert client.get("/searchz").json()["status"] == "ok"
    # A restored database knows nothing of what was passed on later.
    SearchDocument.objects.all().delete()
    state._kept = None
    assert client.get("/searchz").json()["status"] == "degraded"


@NOBODY
def test_health__server_away(client: Client) -> None:
    store(document("Kopi"))
    response = client.get("/searchz")
    assert response.status_code == 200
    found = response.json()
    assert (found["status"], found["engine"], found["reachable"]) == ("degraded", "elasticsearch", False)
    assert found["waiting"] == 1
    assert "127.0.0.1" not in response.content.decode()
    assert "jippnas_search_engine_up 0\n" in client.get("/metrics").content.decode()


@pytest.mark.elasticsearch
def test_health__server_there(client: Client, elasticsearch: object) -> None:
    store(document("Kopi"))
    found = client.get("/searchz").json()
    assert (found["status"], found["indexed"], found["waiting"]) == ("ok", 0, 1)


def test_health__part_of_the_index_does_not_answer(client: Client, elasticsearch: Connection) -> None:
    make_half_readable(elasticsearch)
    found = client.get("/searchz").json()
    assert (found["status"], found["reachable"], found["indexed"]) == ("degraded", False, None)
    assert "part of the index did not answer: look at the cluster's health" in state.look().problem


def test_metrics__every_line_is_of_the_format(client: Client) -> None:
    lines = client.get("/metrics").content.decode().splitlines()
    assert all(line.startswith(("# HELP jippnas_", "# TYPE jippnas_", "jippnas_search_")) for line in lines)
    values = dict(line.split() for line in lines if not line.startswith("#"))
    assert values["jippnas_search_engine_up"] == "1"


@NOBODY
def test_page__says_what_is_wrong_and_what_was_refused(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("admin-uji", "a@example.org", "x"))
    OutboxEntry.objects.create(
        key="innovation:rusak", action="store", attempts=2, error="mapper <b>failed</b>"
    )
    html = client.get(reverse("search_state")).content.decode()
    assert "the server cannot be reached" in html
    assert "innovation:rusak" in html
    assert "mapper &lt;b&gt;failed&lt;/b&gt;" in html


@pytest.mark.parametrize("user", ["anonymous", "editor"])
def test_page__for_administrators_only(client: Client, user: str) -> None:
    if user == "editor":
        person = get_user_model().objects.create_user("editor-uji", "e@example.org", "x")
        person.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(person)
    assert client.get(reverse("search_state")).status_code in (302, 403)
