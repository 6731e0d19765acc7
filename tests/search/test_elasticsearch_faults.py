"""A real server is killed, halted, filled up, spoilt: readers and editors go on, and all ends well."""

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client, override_settings
from django.urls import reverse
from elasticsearch import Elasticsearch
from wagtail.test.utils.form_data import nested_form_data, streamfield

from directory.models import InnovationPage
from home.models import HomePage, StandardPage
from scripts.elasticsearch_server import Server
from search import engines, index
from search.engines.elasticsearch.connection import Connection, patient
from search.engines.elasticsearch.mapping import indices, new_index
from search.engines.guarded import GuardedEngine
from search.engines.lag import FAR
from search.models import OutboxEntry
from search.operations import state
from search.types import EngineUnavailableError, Query, Results
from search.upkeep.check import Differences, compare
from search.upkeep.outbox import Courier
from search.upkeep.rebuild import rebuild
from tests.factories.directory import directory_index, innovation
from tests.factories.home import make_home
from tests.search import server_index
from tests.search.clock import Clock
from tests.search.server_index import alias

pytestmark = pytest.mark.django_db

# What a publish may take while the server is in trouble.
PUBLISH_SECONDS = 3.0
# What a reader waits for the server, however busy the machine; what a whole page takes then is measured by
# `benchmarks/server_faults.py`.
READER_SECONDS = 2.0
# Whatever was slow the first time is not slow again and again.
PATIENCE = 5


@dataclass
class Portal:
    """A portal with its front page, a directory of one innovation, and an index on the server."""

    server: Server
    connection: Connection
    clock: Clock
    home: HomePage
    # How long each search waited for the server.
    waits: list[float]

    @property
    def elasticsearch(self) -> Elasticsearch:
        return patient(self.connection)

    @property
    def names(self) -> list[str]:
        return list(indices(self.elasticsearch, self.connection.index))

    def search(self, text: str = "kopi") -> Results:
        began = time.perf_counter()
        results = engines.search(Query(text))
        assert time.perf_counter() - began < READER_SECONDS
        return results

    def later(self) -> None:
        """When the server may be asked again."""
        self.clock.now += 60

    def search_when_well(self, text: str = "kopi") -> Results:
        """As readers find it again: a server just started may be slower than their patience a few times."""
        for _turn in range(PATIENCE):
            self.later()
            results = self.search(text)
            if results.engine == "elasticsearch":
                break
        return results


def note_waits(guarded: GuardedEngine) -> list[float]:
    """From now on how long the server took for each question, whether it answered or not."""
    waits: list[float] = []

    def timed(ask: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*args: Any, **options: Any) -> Any:
            began = time.perf_counter()
            try:
                return ask(*args, **options)
            finally:
                waits.append(time.perf_counter() - began)

        return asked

    for name in ("search", "similar", "complete"):
        # On the instance of this test alone.
        setattr(guarded.first, name, timed(getattr(guarded.first, name)))
    return waits


@pytest.fixture
def portal(own_elasticsearch: Server, guarded: GuardedEngine, clock: Clock) -> Iterator[Portal]:
    # With the time-out that the portal has unless somebody sets another.
    with override_settings(ELASTICSEARCH_URL=own_elasticsearch.url, ELASTICSEARCH_INDEX="uji"):
        cache.clear()
        home = make_home()
        connection = Connection.from_settings()
        assert connection is not None
        innovation(title="Kopi desa").save_revision().publish()
        rebuild(connection)
        # The first question after a start takes the server longer than a reader's patience.
        for _turn in range(3):
            patient(connection).search(index=alias(connection), query={"match": {"title": "kopi"}})
        waits = note_waits(guarded)
        yield Portal(own_elasticsearch, connection, clock, home, waits)
        own_elasticsearch.resume()
        own_elasticsearch.start()
        server_index.remove_indices(connection)


Fault = Callable[[Portal], AbstractContextManager[None]]


@contextmanager
def paused(portal: Portal) -> Iterator[None]:
    portal.server.pause()
    yield
    portal.server.resume()


@contextmanager
def without_index(portal: Portal) -> Iterator[None]:
    server_index.remove_indices(portal.connection)
    yield
    rebuild(portal.connection)


@contextmanager
def index_of_an_older_release(portal: Portal) -> Iterator[None]:
    (name,) = portal.names
    older = (
        {"remove": {"index": name, "alias": alias(portal.connection)}},
        {"add": {"index": name, "alias": "uji-0badc0de"}},
    )
    portal.elasticsearch.indices.update_aliases(actions=list(older))
    yield
    rebuild(portal.connection)


@contextmanager
def red(portal: Portal) -> Iterator[None]:
    """An index that no node may hold."""
    server_index.remove_indices(portal.connection)
    live = alias(portal.connection)
    portal.elasticsearch.indices.create(
        index=new_index(live),
        aliases={live: {}},
        settings={"index.routing.allocation.require._name": "nobody"},
        wait_for_active_shards="0",
    )
    assert portal.elasticsearch.cluster.health(index=live)["status"] == "red"
    yield
    rebuild(portal.connection)


@contextmanager
def closed(portal: Portal) -> Iterator[None]:
    (name,), server = portal.names, portal.elasticsearch
    server.indices.close(index=name)
    yield
    server.indices.open(index=name)


NO_INDEX = "no index for this release: run manage.py rebuild_index"
HANGS = "does not answer in time.*restart it if it hangs"
CLOSED = "index_closed_exception.*open it.*rebuild_index"
# What the log says when readers search, and when changes are passed on.
FAULTS: dict[str, tuple[Fault, str, str]] = {
    "paused": (paused, HANGS, HANGS),
    "without index": (without_index, NO_INDEX, NO_INDEX),
    "older release": (index_of_an_older_release, NO_INDEX, NO_INDEX),
    "red": (
        red,
        "cannot be searched.*cluster's health and the server's log",
        r"turns writes away \(unavailable_shards_exception\)",
    ),
    "closed": (closed, CLOSED, CLOSED),
}


def pages(client: Client, text: str, waits: list[float]) -> Iterator[str]:
    """The directory and the search of the whole portal, as a reader gets them."""
    for address in (directory_index().url, reverse("search:results")):
        waits.clear()
        response = client.get(address, {"q": text})
        assert len(waits) <= 1
        assert sum(waits) < READER_SECONDS
        assert response.status_code == 200
        yield response.content.decode()


def smaller_answers(client: Client, profile: InnovationPage, portal: Portal) -> Iterator[str]:
    """What a profile page calls similar, and what a search box offers, each from the server where it may be
    asked."""
    for address, data in ((profile.url, {}), (reverse("search:complete"), {"q": "bank"})):
        portal.later()
        portal.waits.clear()
        response = client.get(address, data)
        assert len(portal.waits) == 1
        assert sum(portal.waits) < READER_SECONDS
        assert response.status_code == 200
        yield response.content.decode()


def health(client: Client) -> tuple[str, bool]:
    """What monitoring is told, and whether the server answers."""
    state._kept = None
    began = time.perf_counter()
    response = client.get(reverse("search-health"))
    assert time.perf_counter() - began < READER_SECONDS
    assert response.status_code == 200
    found = response.json()
    return found["status"], found["reachable"]


def publish(portal: Portal, admin_client: Client, title: str) -> None:
    """An editor presses “Publish” in the admin."""
    page = portal.home.add_child(instance=StandardPage(title="Rancangan", slug="rancangan", live=False))
    form = nested_form_data({"title": title, "slug": "terbit", "body": streamfield([]), "comments": {
        "TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000,
    }, "action-publish": "1"})  # fmt: skip
    began = time.perf_counter()
    response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert time.perf_counter() - began < PUBLISH_SECONDS
    assert response.status_code == 302, response.context["form"].errors
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize(("fault", "line", "couriers_line"), FAULTS.values(), ids=FAULTS.keys())
def test_fault__readers_get_results_editors_notice_nothing_and_all_is_well_afterwards(
    portal: Portal,
    client: Client,
    admin_client: Client,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
    line: str,
    couriers_line: str,
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.connection.PATIENCE_SECONDS", 4.0)
    monkeypatch.setattr("search.engines.elasticsearch.writing.PART_SECONDS", 1)
    courier = Courier(portal.clock)
    profile, _other = [innovation(title=f"Bank sampah {place}") for place in ("kota", "laut")]
    for page in (profile, _other):
        page.save_revision().publish()
    index.recount_words()
    courier()
    assert portal.search_when_well().notice == ""
    assert health(client) == ("ok", True)
    caplog.clear()
    with fault(portal):
        results = portal.search()
        assert (results.engine, [hit.title for hit in results.hits]) == ("database", ["Kopi desa"])
        assert "cara cadangan" in results.notice
        (said,) = caplog.messages
        assert re.search(line, said)
        portal.later()
        for html in pages(client, "kopi", portal.waits):
            assert "Kopi</mark> desa" in html or "Kopi desa" in html
            assert "cara cadangan" in html
            assert portal.waits
            portal.later()
        for html in smaller_answers(client, profile, portal):
            assert "Bank sampah laut" in html
        assert health(client) == ("degraded", False)
        publish(portal, admin_client, "Kopi tubruk")
        assert portal.search("tubruk").total == 1
        caplog.clear()
        courier()
        (said,) = caplog.messages
        assert re.search(f"cannot be passed on.*{couriers_line}", said)
        # No document is taken for the cause: each goes as soon as it can.
        assert not OutboxEntry.objects.exclude(attempts=0, retry_at=None).exists()
    courier()
    assert not OutboxEntry.objects.filter(sent_at=None).exists()
    caplog.clear()
    results = portal.search_when_well("tubruk")
    assert (results.engine, results.total, results.notice) == ("elasticsearch", 1, "")
    assert "elasticsearch answers again" in caplog.messages
    assert not any("cara cadangan" in html for html in pages(client, "kopi", portal.waits))
    assert all("Bank sampah laut" in html for html in smaller_answers(client, profile, portal))
    assert health(client) == ("ok", True)
    assert compare(portal.connection) == Differences(documents=4)


def test_fault__readers_wait_for_a_server_that_hangs_only_once(portal: Portal) -> None:
    with paused(portal):
        portal.search()
        began = time.perf_counter()
        for _reader in range(10):
            assert portal.search().engine == "database"
        # Each of them would wait a second.
        assert time.perf_counter() - began < 5
    assert portal.search_when_well().engine == "elasticsearch"


def test_disk_full__readers_search_on_until_too_much_is_missing(
    portal: Portal, admin_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    (name,), courier = portal.names, Courier(portal.clock)
    block = "index.blocks.read_only_allow_delete"
    portal.elasticsearch.indices.put_settings(index=name, settings={block: True})
    publish(portal, admin_client, "Kopi tubruk")
    assert portal.search().notice == ""
    courier()
    (said,) = caplog.messages
    assert "read-only, most often because the disk is full: free space and lift the block" in said
    assert block in said
    results = portal.search()
    assert results.engine == "elasticsearch"
    assert "belum ikut dicari" in results.notice
    OutboxEntry.objects.update(created_at=OutboxEntry.objects.latest("id").created_at - 2 * FAR)
    results = portal.search("tubruk")
    assert (results.engine, results.total) == ("database", 1)
    assert results.notice
    assert "run_worker" in caplog.messages[-1]
    portal.elasticsearch.indices.put_settings(index=name, settings={block: None})
    courier()
    assert "takes changes again" in caplog.messages[-1]
    results = portal.search("tubruk")
    assert (results.engine, results.total, results.notice) == ("elasticsearch", 1, "")


@contextmanager
def a_courier_on_its_rounds() -> Iterator[Courier]:
    """As in the worker, beside everything else."""
    courier, over = Courier(), threading.Event()

    def carry() -> None:
        try:
            while not over.wait(0.05):
                courier()
        finally:
            connections.close_all()

    worker = threading.Thread(target=carry)
    worker.start()
    try:
        yield courier
    finally:
        over.set()
        worker.join()


def publish_again(pages: Sequence[InnovationPage], text: str) -> None:
    for page in pages:
        page.title = f"{text} {page.pk}"
        began = time.perf_counter()
        page.save_revision().publish()
        assert time.perf_counter() - began < PUBLISH_SECONDS


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_kill__during_two_hundred_publishes_and_a_rebuild(
    transactional_db: None, portal: Portal, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    def kill(number: int) -> None:
        if portal.server.is_running():
            portal.server.kill()

    twenty = [innovation(title="Susu") for _number in range(20)]
    with a_courier_on_its_rounds() as courier:
        for _turn in range(3):
            publish_again(twenty, "Gula")
        with pytest.raises(EngineUnavailableError):
            rebuild(portal.connection, kill)
        for _turn in range(6):
            publish_again(twenty, "Teh")
        publish_again(twenty, "Kopi")
        results = portal.search("kopi")
        assert (results.engine, results.total) == ("database", 21)
        for html in pages(client, "kopi", portal.waits):
            assert "cara cadangan" in html
        # Nobody is shown a traceback.
        for command in ("rebuild_index", "check_index"):
            with pytest.raises(CommandError, match=r"cannot be reached \(.*refused.*start it"):
                call_command(command, verbosity=0)
    assert OutboxEntry.objects.filter(sent_at=None).count() >= 20
    assert "cannot be passed on to Elasticsearch and wait" in caplog.text
    assert re.search(r"elasticsearch has failed.*cannot be reached \(.*refused.*start it", caplog.text)
    portal.server.start()
    courier()
    results = portal.search_when_well("kopi")
    assert (results.engine, results.total, results.notice) == ("elasticsearch", 21, "")
    assert portal.search("gula").total == portal.search("teh").total == 0
    assert compare(portal.connection) == Differences(documents=21)
    assert not [record for record in caplog.records if record.exc_info]
    # What the rebuild has left is taken away by the next.
    assert len(portal.names) == 2
    rebuild(portal.connection)
    assert len(portal.names) == 1
    assert compare(portal.connection) == Differences(documents=21)
