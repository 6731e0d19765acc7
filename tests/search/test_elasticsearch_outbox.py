"""The outbox on a real server: every change arrives, once it is committed, and nothing else."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.test import override_settings
from django.utils import timezone

from search import engines, index
from search.engines.elasticsearch import ElasticsearchEngine, writing
from search.engines.elasticsearch.connection import Connection
from search.engines.elasticsearch.documents import documents
from search.engines.elasticsearch.writing import Change
from search.engines.lag import Lag, look
from search.models import OutboxEntry
from search.types import Query
from search.upkeep import outbox
from search.upkeep.check import Differences, compare
from search.upkeep.outbox import Courier, Passed, pass_all_on, pass_on
from tests.factories.search import document, store
from tests.fake_servers import nobody
from tests.search.server_index import found, held, mend

pytestmark = pytest.mark.django_db


def test_outbox__stores_replaces_hides_and_removes(elasticsearch: Connection) -> None:
    store(document("Kopi", key="x:1"), document("Teh", key="x:2"), document("Susu", key="x:3"))
    assert pass_on(elasticsearch) == Passed(3, 0)
    assert held(elasticsearch) == {"x:1": "kopi", "x:2": "teh", "x:3": "susu"}
    store(document("Kopi", key="x:1", visible=False), document("Gula", key="x:2"))
    index.remove("x:3")
    assert pass_on(elasticsearch) == Passed(3, 0)
    assert held(elasticsearch) == {"x:2": "gula"}
    store(document("Kopi", key="x:1"))
    assert pass_on(elasticsearch) == Passed(1, 0)
    assert found() == {"x:1", "x:2"}
    assert pass_on(elasticsearch) == Passed()


def test_outbox__many_at_once(elasticsearch: Connection) -> None:
    count = 2 * outbox.TOGETHER + 1
    store(*[document(f"Kopi {number}", key=f"x:{number}") for number in range(count)])
    assert pass_on(elasticsearch) == Passed(outbox.TOGETHER, 0)
    assert look().waiting_since is not None
    assert pass_all_on(elasticsearch) == Passed(count - outbox.TOGETHER, 0)
    assert len(held(elasticsearch)) == count
    assert look() == Lag()


def test_outbox__the_oldest_first(elasticsearch: Connection) -> None:
    store(*[document("Kopi", key=f"x:{number}") for number in (1, 2, 3)])
    pass_on(elasticsearch, limit=2)
    assert found() == {"x:1", "x:2"}


def test_outbox__removing_what_the_index_never_had(elasticsearch: Connection) -> None:
    store(document(key="x:1"))
    index.remove("x:1")
    assert pass_on(elasticsearch) == Passed(1, 0)
    assert held(elasticsearch) == {}


def test_outbox__what_is_undone_never_arrives(elasticsearch: Connection) -> None:
    with transaction.atomic():
        store(document("Kopi", key="x:1"))
        transaction.set_rollback(True)
    assert pass_all_on(elasticsearch) == Passed()
    assert held(elasticsearch) == {}


def test_outbox__an_older_write_that_comes_late_changes_nothing(elasticsearch: Connection) -> None:
    store(document("Lama", key="x:1"))
    entry = OutboxEntry.objects.get()
    late = Change("x:1", entry.pk, documents(["x:1"], index.facet_names())["x:1"])
    store(document("Baru", key="x:1"))
    pass_all_on(elasticsearch)
    names = writing.aliases(elasticsearch)
    assert writing.write(elasticsearch, names, [late]) == {}
    assert held(elasticsearch) == {"x:1": "baru"}
    index.remove("x:1")
    pass_all_on(elasticsearch)
    assert writing.write(elasticsearch, names, [late, Change("x:1", entry.pk, None)]) == {}
    assert held(elasticsearch) == {}


def test_outbox__what_changes_while_it_is_passed_on_goes_on_waiting(elasticsearch: Connection) -> None:
    store(document("Lama", key="x:1"))
    sent = OutboxEntry.objects.get().pk
    store(document("Baru", key="x:1"))
    outbox.mark_sent([sent])
    assert pass_on(elasticsearch) == Passed(1, 0)
    assert held(elasticsearch) == {"x:1": "baru"}


def test_outbox__two_couriers_at_once(transactional_db: None, elasticsearch: Connection) -> None:
    for number in range(60):
        index.store(document(f"Kopi {number}", key=f"x:{number}"))

    def carry(turn: int) -> None:
        try:
            while pass_on(elasticsearch, limit=7) != Passed():
                pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as couriers:
        list(couriers.map(carry, range(2)))
    assert compare(elasticsearch) == Differences(documents=60)


def test_outbox__a_refused_document_waits_alone(
    refusing: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    store(document("Kopi", key="x:1"), document("Tolak", key="x:2"), document("Teh", key="x:3"))
    before = timezone.now()
    assert pass_all_on(refusing) == Passed(2, 1)
    assert held(refusing) == {"x:1": "kopi", "x:3": "teh"}
    entry = OutboxEntry.objects.get(key="x:2")
    assert (entry.sent_at, entry.attempts) == (None, 1)
    assert "document_parsing_exception" in entry.error
    assert "no number" in entry.error
    assert entry.retry_at is not None
    assert timedelta(seconds=59) < entry.retry_at - before < timedelta(seconds=70)
    (line,) = caplog.messages
    assert "x:2" in line
    assert "rebuild_index" in line
    assert not look().is_far_behind
    assert look().refused == 1
    # Not again before its time, and the others pass.
    store(document("Susu", key="x:4"))
    assert pass_all_on(refusing) == Passed(1, 0)


def test_outbox__a_refused_document_is_tried_again_less_and_less_often(refusing: Connection) -> None:
    store(document("Tolak", key="x:1"))
    waits = []
    for _try in range(14):
        pass_on(refusing)
        entry = OutboxEntry.objects.get()
        assert entry.retry_at is not None
        waits.append(round((entry.retry_at - timezone.now()).total_seconds() / 60))
        OutboxEntry.objects.update(retry_at=timezone.now())
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == 24 * 60
    mend(refusing)
    assert pass_on(refusing) == Passed(1, 0)
    assert held(refusing) == {"x:1": "tolak"}
    entry = OutboxEntry.objects.get()
    assert (entry.error, entry.attempts, entry.retry_at) == ("", 0, None)


def test_outbox__a_refused_document_that_is_changed_is_tried_at_once(refusing: Connection) -> None:
    store(document("Tolak", key="x:1"))
    pass_on(refusing)
    store(document("Terima", key="x:1"))
    assert pass_on(refusing) == Passed(1, 0)
    assert found() == {"x:1"}
    assert look().refused == 0


def test_outbox__changed_while_it_was_refused(refusing: Connection) -> None:
    store(document("Tolak", key="x:1"))
    number = OutboxEntry.objects.get().pk
    store(document("Terima", key="x:1"))
    outbox.note_refused([Change("x:1", number, {})], {"x:1": "too late"})
    assert pass_on(refusing) == Passed(1, 0)


def test_outbox__two_entries_of_a_refused_document(refusing: Connection) -> None:
    # Two who change a document at the same time may leave two.
    store(document("Tolak", key="x:1"))
    OutboxEntry.objects.create(key="x:1", action=OutboxEntry.Action.STORE)
    assert pass_on(refusing) == Passed(0, 2)
    assert pass_all_on(refusing) == Passed()
    mend(refusing)
    OutboxEntry.objects.update(retry_at=timezone.now())
    assert pass_all_on(refusing) == Passed(2, 0)


@pytest.mark.parametrize("how", ["hidden", "removed"])
def test_reader__never_sees_what_was_withdrawn_a_moment_ago(elasticsearch: Connection, how: str) -> None:
    asked = document("Gizi balita", key="x:1")
    store(asked, document("Balita gizi", key="x:2"), document("Gizi untuk balita", key="x:3"))
    pass_all_on(elasticsearch)
    engine = ElasticsearchEngine()

    def seen() -> list[str]:
        return [
            one.key
            for found in (
                engine.search(Query("balita")).hits,
                engine.complete("bali", "id"),
                engine.similar("x:1", "id"),
            )
            for one in found
            if one.key == "x:2"
        ]

    assert len(seen()) == 3
    if how == "hidden":
        store(document("Balita gizi", key="x:2", visible=False))
    else:
        index.remove("x:2")
    assert seen() == []


def test_reader__is_told_of_refused_documents(refusing: Connection, guarded: object) -> None:
    store(document("Tolak", key="x:1"), document("Kopi", key="x:2"))
    pass_on(refusing)
    results = engines.search(Query("kopi"))
    assert results.engine == "elasticsearch"
    assert "belum ikut dicari" in results.notice
    mend(refusing)
    OutboxEntry.objects.update(retry_at=timezone.now())
    pass_on(refusing)
    assert engines.search(Query("kopi")).notice == ""


def test_reader__is_told_while_no_change_is_taken(elasticsearch: Connection, guarded: object) -> None:
    store(document("Kopi", key="x:1"))
    pass_all_on(elasticsearch)
    store(document("Teh", key="x:2"), document("Susu", key="x:3"))
    assert engines.search(Query("kopi")).notice == ""
    outbox.note_blocked("the index is read-only " * 99)
    results = engines.search(Query("kopi"))
    assert (results.engine, results.total) == ("elasticsearch", 1)
    assert "belum ikut dicari" in results.notice
    # The change that bore the mark may be replaced by another; the next round marks the oldest anew.
    store(document("Teh hijau", key="x:2"))
    outbox.note_blocked("the index is read-only")
    assert look().blocked
    assert look().refused == 0
    Courier()()
    assert engines.search(Query("kopi")).notice == ""
    assert not OutboxEntry.objects.exclude(error="").exists()


def test_note_blocked__nothing_waits(db: None) -> None:
    outbox.note_blocked("the server is away")
    assert look() == Lag()


def test_courier__without_a_server_does_nothing(caplog: pytest.LogCaptureFixture) -> None:
    store(document())
    with override_settings(ELASTICSEARCH_URL=""):
        Courier()()
    assert not caplog.messages
    assert look().waiting_since


def test_courier__says_that_it_works_again(
    elasticsearch: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    store(document("Kopi", key="x:1"))
    courier = Courier()
    with nobody() as address, override_settings(ELASTICSEARCH_URL=address):
        courier()
    courier()
    courier()
    assert [record.levelno for record in caplog.records] == [logging.ERROR, logging.WARNING]
    assert "takes changes again" in caplog.messages[-1]
    assert held(elasticsearch) == {"x:1": "kopi"}
