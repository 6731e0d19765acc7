"""Comparing a real server's index with the database, and mending it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from elasticsearch import ApiError

from search import index
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.connection import Connection, patient
from search.engines.elasticsearch.documents import documents
from search.models import OutboxEntry, SearchDocument
from search.types import EngineUnavailableError, Query
from search.upkeep import check
from search.upkeep.check import Differences, check_and_repair, compare
from search.upkeep.outbox import pass_all_on
from search.upkeep.rebuild import rebuild
from tests.factories.search import document, store
from tests.search.server_index import alias, held, make_half_readable, put, remove_indices

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoilt(elasticsearch: Connection) -> Connection:
    """One document is missing, one outdated, one too many, one is as it should be."""
    store(*[document(f"Kopi {number}", key=f"x:{number}") for number in (1, 2, 3)])
    pass_all_on(elasticsearch)
    body = documents(["x:2"], index.facet_names())["x:2"]
    put(elasticsearch, "x:1", None)
    put(elasticsearch, "x:2", {**body, "fingerprint": "older"})
    put(elasticsearch, "x:9", body)
    return elasticsearch


def checked(*arguments: str) -> tuple[str, str]:
    """What `check_index` prints, and its complaint."""
    out = StringIO()
    complaint = ""
    try:
        call_command("check_index", *arguments, stdout=out)
    except CommandError as error:
        complaint = str(error)
    return out.getvalue(), complaint


def test_check__finds_what_is_missing_outdated_and_too_many(spoilt: Connection) -> None:
    assert compare(spoilt) == Differences(3, 0, ["x:1"], ["x:2"], ["x:9"])
    printed, complaint = checked()
    assert "3 documents: 1 missing in the index, 1 outdated, 1 too many; 0 changes waiting." in printed
    assert "missing: x:1" in printed
    assert "too many: x:9" in printed
    assert complaint == "3 differences; run it again with --repair."
    assert OutboxEntry.objects.filter(sent_at=None).count() == 0


def test_check__repairs(spoilt: Connection) -> None:
    printed, complaint = checked("--repair")
    assert complaint == ""
    assert "After the repair:\n3 documents: 0 missing in the index, 0 outdated, 0 too many" in printed
    assert compare(spoilt) == Differences(documents=3)
    assert checked() == (
        "3 documents: 0 missing in the index, 0 outdated, 0 too many; 0 changes waiting.\n",
        "",
    )


def test_check__hidden_documents_are_too_many(elasticsearch: Connection) -> None:
    store(document("Kopi", key="x:1"))
    pass_all_on(elasticsearch)
    # As by a statement past the portal: no entry in the outbox.
    SearchDocument.objects.update(visible=False)
    assert compare(elasticsearch) == Differences(0, surplus=["x:1"])
    checked("--repair")
    assert held(elasticsearch) == {}


def test_check__waiting_changes_are_no_differences(elasticsearch: Connection) -> None:
    store(*[document(f"Kopi {number}", key=f"x:{number}") for number in (1, 2)])
    pass_all_on(elasticsearch)
    store(document("Baru", key="x:3"), document("Teh", key="x:2"))
    index.remove("x:1")
    assert compare(elasticsearch) == Differences(documents=2, waiting=3)
    assert checked()[1] == ""


def test_check__a_refused_document_is_missing(refusing: Connection) -> None:
    store(document("Tolak", key="x:1"))
    pass_all_on(refusing)
    printed, complaint = checked("--repair")
    assert "missing: x:1" in printed
    assert complaint == "1 differences; run manage.py rebuild_index."


def test_check__in_several_parts(spoilt: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "READ_TOGETHER", 1)
    assert compare(spoilt) == Differences(3, 0, ["x:1"], ["x:2"], ["x:9"])


@pytest.mark.parametrize("change", ["store", "remove", "hide", "add"])
def test_check__what_changes_and_arrives_meanwhile_is_no_difference(
    elasticsearch: Connection, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    store(document("Kopi", key="x:1"), document("Teh", key="x:2"))
    pass_all_on(elasticsearch)
    look_at_index = check._held

    def change_first(*arguments: object) -> dict[str, str]:
        monkeypatch.setattr(check, "_held", look_at_index)
        if change == "remove":
            index.remove("x:1")
        else:
            key = "x:3" if change == "add" else "x:1"
            store(document("Baru", key=key, visible=change != "hide"))
        pass_all_on(elasticsearch)
        return look_at_index(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(check, "_held", change_first)
    assert compare(elasticsearch).keys == []


def test_check__daily_one_repairs_and_says_so(spoilt: Connection, caplog: pytest.LogCaptureFixture) -> None:
    check_and_repair()
    (line,) = caplog.messages
    assert "1 missing, 1 outdated, 1 too many" in line
    assert "rebuild_index" in line
    pass_all_on(spoilt)
    caplog.clear()
    check_and_repair()
    assert not caplog.messages


@pytest.mark.parametrize("command", ["check_index", "rebuild_index"])
def test_commands__without_a_server(command: str) -> None:
    with override_settings(ELASTICSEARCH_URL=""), pytest.raises(CommandError, match="set ELASTICSEARCH_URL"):
        call_command(command)


def test_check__part_of_the_index_does_not_answer(elasticsearch: Connection) -> None:
    make_half_readable(elasticsearch)
    store(*[document(f"Kopi {number}", key=f"x:{number}") for number in range(9)])
    OutboxEntry.objects.update(sent_at=timezone.now())
    with pytest.raises(CommandError, match="part of the index did not answer: look at the cluster's health"):
        call_command("check_index", "--repair")
    # Nothing is called missing because of it, also where a part is lost later on.
    assert not OutboxEntry.objects.filter(sent_at=None).exists()
    with pytest.raises(ApiError, match="search_phase_execution_exception"):
        check._held(patient(elasticsearch), alias(elasticsearch), ["x:1"])


def test_walk__part_of_the_index_does_not_answer(elasticsearch: Connection) -> None:
    make_half_readable(elasticsearch)
    with pytest.raises(EngineUnavailableError, match="cluster's health"):
        ElasticsearchEngine().matches(Query())


def test_check__no_index(elasticsearch: Connection) -> None:
    remove_indices(elasticsearch)
    with pytest.raises(CommandError, match="rebuild_index"):
        call_command("check_index")
    rebuild(elasticsearch)
    assert checked()[1] == ""
