"""Whatever answers, or does not answer, at ELASTICSEARCH_URL: readers get results and operators a line."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from search import engines
from search.engines.guarded import GuardedEngine
from search.engines.lag import FAR, look
from search.models import OutboxEntry
from search.types import Query, Results
from search.upkeep.check import check_and_repair
from search.upkeep.outbox import Courier
from tests.factories.search import document, store
from tests.fake_servers import (
    PRODUCT,
    Answers,
    Asked,
    accepting,
    dripping,
    error,
    full,
    hanging_up,
    nobody,
    page,
    serving,
    silent,
)
from tests.search.clock import Clock

pytestmark = pytest.mark.django_db

Fault = Callable[[], AbstractContextManager[str]]


def saying(answers: Answers) -> Fault:
    @contextmanager
    def serve() -> Iterator[str]:
        with serving(answers) as server:
            yield server.url

    return serve


def told(status: int, body: object, **changes: object) -> Fault:
    """A server that speaks as Elasticsearch does, but says something else."""
    return saying(Answers(status, json.dumps(body), **changes))  # type: ignore[arg-type]


HANGING: dict[str, tuple[Fault, str]] = {
    "takes connections, says nothing": (lambda: accepting(silent), "does not answer in time"),
    "says a byte now and then": (lambda: accepting(dripping), "does not answer in time"),
    "takes no connection": (full, "does not answer in time"),
}
STRANGE: dict[str, tuple[Fault, str]] = {
    "nobody": (nobody, r"cannot be reached \(.*refused.*\): start it"),
    "hangs up": (lambda: accepting(hanging_up), "cannot be reached"),
    "breaks off": (saying(Answers(body="{", headers={**PRODUCT, "Content-Length": "99"})), "cannot be reach"),
    "a page": (saying(page(200, "Login")), "not Elasticsearch 9: check ELASTICSEARCH_URL"),
    "a page as JSON": (saying(Answers(body="<html>")), "cannot be read.*proxy"),
    "a page, redirected": (saying(page(302, "Moved")), "status 302.*check ELASTICSEARCH_URL"),
    "a page, not found": (saying(page(404, "Not Found")), "status 404.*check ELASTICSEARCH_URL"),
    "a page, bad request": (saying(page(400, "Plain HTTP to HTTPS port")), "status 400.*ELASTICSEARCH_URL"),
    "a page, bad gateway": (saying(page(502, "Bad Gateway")), "proxy in front.*502.*see that it runs"),
    "a page, sign in": (saying(page(401, "Sign in")), "refuses the sign-in.*API_KEY"),
    "an unknown kind": (saying(Answers(type="application/x-uji", headers={})), "cannot be read"),
    "an older one": (saying(error(400, "media_type_header_exception")), "another version.*9 is needed"),
    "another product": (saying(error(406, "Content-Type header is not supported", A="b")), "another version"),
    "no product": (told(200, {"version": {"number": "9.0.0"}}, headers={}), "not Elasticsearch 9"),
    "no sign-in": (saying(error(401, "security_exception")), "refuses the sign-in.*_PASSWORD"),
    "no rights": (saying(error(403, "security_exception")), "refuses the sign-in.*rights"),
    "overloaded": (saying(error(429, "es_rejected_execution_exception")), "overloaded"),
    "out of memory": (saying(error(503, "circuit_breaking_exception")), "server's log"),
    "starting": (saying(error(503, "cluster_block_exception")), "still starting.*log"),
    "no master": (saying(error(503, "master_not_discovered_exception")), "cluster's health"),
    "nothing": (told(200, {}), "not that of an Elasticsearch 9"),
    "null": (told(200, None), "check ELASTICSEARCH_URL"),
    "a list": (told(200, []), "not that of an Elasticsearch 9"),
    "a number": (told(200, 7), "check ELASTICSEARCH_URL"),
    "no answers": (told(200, {"responses": []}), "not that of an Elasticsearch 9"),
    "strange answers": (told(200, {"responses": ["x", 1]}), "not that of an Elasticsearch 9"),
    "half an answer": (
        told(200, {"responses": [{"timed_out": False, "_shards": {"failed": 0}}] * 2}),
        "not that of an Elasticsearch 9",
    ),
    "a strange status": (
        told(200, {"responses": [{"error": {"type": "x"}, "status": "x"}] * 2}),
        "not that of an Elasticsearch 9",
    ),
    "part of an answer": (
        told(200, {"responses": [{"timed_out": True, "_shards": {"failed": 0}}] * 2}),
        "part of the index did not answer.*health",
    ),
}
ALL = {**HANGING, **STRANGE}


def fault_and_line(faults: dict[str, tuple[Fault, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("fault", "line"), faults.values(), ids=faults.keys())


@pytest.fixture(autouse=True)
def kopi(guarded: GuardedEngine) -> None:
    store(document("Kopi", key="x:1", object_id=7))


def timed_search(query: Query) -> Results:
    began = time.perf_counter()
    results = engines.search(query)
    assert time.perf_counter() - began < 2
    return results


def the_line(caplog: pytest.LogCaptureFixture) -> str:
    (line,) = caplog.messages
    assert len(line.splitlines()) == 1
    caplog.clear()
    return line


@fault_and_line(ALL)
def test_search__database_answers_and_says_so(
    fault: Fault, line: str, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING")
    with fault() as address, override_settings(ELASTICSEARCH_URL=address):
        results = timed_search(Query("kopi"))
        assert (results.engine, results.total) == ("database", 1)
        assert "cara cadangan" in results.notice
        assert re.search(line, the_line(caplog))
        # Left alone for a while: nobody waits, nobody complains.
        assert timed_search(Query("kopi")).notice == results.notice
        assert not caplog.messages
        clock.now += 60
        assert timed_search(Query("kopi")).total == 1
        assert re.search(line, the_line(caplog))


@fault_and_line(ALL)
def test_matches__database_answers(fault: Fault, line: str, caplog: pytest.LogCaptureFixture) -> None:
    with fault() as address, override_settings(ELASTICSEARCH_URL=address):
        began = time.perf_counter()
        assert list(engines.matches(Query("kopi"))) == [7]
        assert time.perf_counter() - began < 2
    assert caplog.messages


@fault_and_line(ALL)
def test_complete_and_similar__database_answers(
    fault: Fault, line: str, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    store(document("Gizi balita", key="x:2"), document("Balita gizi", key="x:3"))
    with fault() as address, override_settings(ELASTICSEARCH_URL=address):
        began = time.perf_counter()
        assert [title.key for title in engines.complete("ko", "id")] == ["x:1"]
        assert time.perf_counter() - began < 2
        assert re.search(line, the_line(caplog))
        clock.now += 60
        began = time.perf_counter()
        assert [one.key for one in engines.similar("x:2", "id")] == ["x:3"]
        assert time.perf_counter() - began < 2
        assert re.search(line, the_line(caplog))


@fault_and_line(STRANGE)
def test_courier__lets_changes_wait_and_says_why_once(
    fault: Fault, line: str, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    courier = Courier(clock)
    with fault() as address, override_settings(ELASTICSEARCH_URL=address):
        for _round in range(3):
            courier()
        assert "cannot be passed on" in the_line(caplog)
        clock.now += 600
        courier()
        said = the_line(caplog)
        assert "cannot be passed on to Elasticsearch and wait (1)" in said
    entry = OutboxEntry.objects.get()
    assert (entry.sent_at, entry.attempts, entry.retry_at) == (None, 0, None)
    assert entry.error
    assert entry.error in said


@pytest.mark.parametrize("command", ["rebuild_index", "check_index"])
@fault_and_line(STRANGE)
def test_commands__say_what_is_wrong(fault: Fault, line: str, command: str) -> None:
    with (
        fault() as address,
        override_settings(ELASTICSEARCH_URL=address),
        pytest.raises(CommandError) as raised,
    ):
        call_command(command, verbosity=0)
    assert len(str(raised.value).splitlines()) == 1


def test_daily_check__says_that_it_could_not_be_made(caplog: pytest.LogCaptureFixture) -> None:
    with nobody() as address, override_settings(ELASTICSEARCH_URL=address):
        check_and_repair()
    assert "could not be checked" in the_line(caplog)


@pytest.mark.parametrize(
    "answers",
    [
        error(400, "search_phase_execution_exception"),
        error(413, "content_too_long_exception"),
        page(413, "Request Entity Too Large"),
    ],
)
def test_search__one_query_refused_is_no_reason_to_leave_the_server_alone(
    answers: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(answers) as server, override_settings(ELASTICSEARCH_URL=server.url):
        for _query in range(2):
            results = engines.search(Query("kopi"))
            assert (results.total, results.engine) == (1, "database")
            assert results.notice
            assert "refused a query" in the_line(caplog)
    assert len(server.asked) == 2


def test_search__far_behind_is_told_once_until_it_has_caught_up(
    guarded: GuardedEngine, caplog: pytest.LogCaptureFixture
) -> None:
    entry = OutboxEntry.objects.get()
    OutboxEntry.objects.update(created_at=entry.created_at - 2 * FAR)
    with serving(Answers()) as server, override_settings(ELASTICSEARCH_URL=server.url):
        for _query in range(2):
            assert engines.search(Query("kopi")).engine == "database"
    assert server.asked == []
    assert "see that the worker runs" in the_line(caplog)
    assert look().is_far_behind


@dataclass
class SlowAndSlower(Answers):
    """Has found nothing when most of a reader's patience is over; the second question is never answered."""

    seconds: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)

    def answer(self, asked: Asked) -> Answers:
        self.over.wait(self.seconds if len(self.asked) == 1 else None)
        nothing = {"doc_count": 0, "values": {"buckets": []}, "_type": {"buckets": []}}
        one = {
            "timed_out": False,
            "_shards": {"failed": 0},
            "aggregations": {"passing": nothing},
            "hits": {"hits": []},
        }
        return Answers(body=json.dumps({"responses": [one, one]}))


def test_search__waits_once_for_two_requests(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.page.looks_plentiful", lambda *query: True)
    with serving(SlowAndSlower(seconds=1.5)) as server:
        began = time.perf_counter()
        with override_settings(ELASTICSEARCH_URL=server.url, ELASTICSEARCH_TIMEOUT=2.0):
            assert engines.search(Query("kopi")).engine == "database"
        assert time.perf_counter() - began < 3
        server.over.set()
    assert len(server.asked) == 2
    assert "does not answer in time" in the_line(caplog)
