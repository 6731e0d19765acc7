"""Counts on their way to the database: added up, kept when that fails, dropped when their time is over."""

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from search.insight import buffer as buffering
from search.insight import storage
from search.insight.buffer import Buffer, Counts, Search
from search.models import SearchedFilter, SearchedText

DAY = datetime.date(2026, 11, 22)
AGO = datetime.timedelta


def search(text: str = "kopi", **fields) -> Search:
    return Search(**({"day": DAY, "place": "site", "text": text, "results": 3} | fields))


def written() -> dict[str, tuple]:
    rows = SearchedText.objects.order_by("text", "day")
    return {
        row.text: (row.searches, row.unmatched, row.near_only, row.suggested, row.results) for row in rows
    }


@pytest.mark.django_db
def test_flush__adds_to_what_is_there() -> None:
    buffer = Buffer(storage.write)
    for _ in range(2):
        buffer.add(search(values=[("type", "news"), ("type", "news")]))
        buffer.add(search("teh", results=0, near=2))
        buffer.add(search(results=None, suggested=True))
        assert buffer.flush()
        assert len(buffer) == 0
    assert written() == {"kopi": (4, 0, 0, 2, 3), "teh": (2, 2, 2, 0, 0)}
    assert SearchedFilter.objects.get().uses == 2
    assert buffer.flush()  # nothing to write is no failure
    assert written()["kopi"][0] == 4


@pytest.mark.django_db
def test_flush__days_and_places_apart_and_many_at_once() -> None:
    buffer = Buffer(storage.write)
    for number in range(storage.CHUNK + 7):
        buffer.add(search(f"kata {number}"))
    buffer.add(search("kata 1", place="directory"))
    buffer.add(search("kata 1", day=DAY - AGO(1)))
    assert buffer.flush()
    assert SearchedText.objects.count() == storage.CHUNK + 9


@pytest.mark.django_db
def test_flush__a_full_day_takes_no_new_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "MOST_A_DAY", 2)
    buffer = Buffer(storage.write)
    for text in ("kopi", "teh"):
        buffer.add(search(text))
    assert buffer.flush()
    for text in ("kopi", "karangan a", "karangan b"):
        buffer.add(search(text, results=0))
    buffer.add(search("gula", day=DAY + AGO(1)))
    assert buffer.flush()
    # Known texts and other days as ever; of the others it is known that there was a search.
    assert written() == {
        "": (2, 2, 0, 0, 0), "gula": (1, 0, 0, 0, 3), "kopi": (2, 1, 0, 0, 0), "teh": (1, 0, 0, 0, 3),
    }  # fmt: skip


def test_flush__after_a_failure_the_counts_are_kept(caplog: pytest.LogCaptureFixture) -> None:
    got: list[Counts] = []
    faults = [DatabaseError("locked"), DatabaseError("gone")]

    def write(counts: Counts) -> None:
        if faults:
            # What is searched for meanwhile.
            buffer.add(search(results=9))
            raise faults.pop()
        got.append(counts)

    buffer = Buffer(write)
    buffer.add(search(results=1))
    assert not buffer.flush()
    assert not buffer.flush()
    assert "counts of searches were not written" in caplog.text
    assert buffer.flush()
    (count,) = got[0].texts.values()
    assert (count.searches, count.results) == (3, 9)


@pytest.mark.django_db
def test_flush__all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = Buffer(storage.write)
    buffer.add(search(values=[("type", "news")]))
    with monkeypatch.context() as broken:
        broken.setattr(SearchedFilter._meta, "db_table", "no_such_table")
        with transaction.atomic():
            assert not buffer.flush()
    assert not SearchedText.objects.exists()
    assert buffer.flush()
    assert written()["kopi"][0] == 1


def test_add__memory_stays_bounded(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(buffering, "MOST", 5)
    got: list[Counts] = []
    buffer = Buffer(got.append)
    for number in range(9):
        buffer.add(search(f"kata {number}"))
    buffer.add(search("kata 0"))
    assert len(buffer) == 5
    assert buffer.flush()
    assert {text: count.searches for (_, text, _), count in got[0].texts.items()}["kata 0"] == 2
    assert "4 counts of searches were left out" in caplog.text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_flush__many_threads_lose_nothing() -> None:
    buffer = Buffer(storage.write)
    began = threading.Barrier(8)

    def work() -> None:
        began.wait(30)
        for number in range(50):
            buffer.add(search(f"kata {number % 5}", values=[("type", "news")]))
            if number % 10 == 9:
                buffer.flush()
        connection.close()

    together([work] * 8)
    assert buffer.flush()
    assert {count[0] for count in written().values()} == {80}
    assert SearchedFilter.objects.get().uses == 400


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_write__two_processes_at_once_lose_nothing() -> None:
    began = threading.Barrier(2)

    def work() -> None:
        own = Buffer(storage.write)
        began.wait(30)
        for _ in range(10):
            for number in range(20):
                own.add(search(f"kata {number}"))
            assert own.flush()
        connection.close()

    together([work] * 2)
    assert {count[0] for count in written().values()} == {20}


def together(jobs: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


def test_thread__writes_by_itself_and_ends(settings: Any) -> None:
    settings.SEARCH_INSIGHT_SECONDS = 0.01
    done = threading.Event()
    got: list[Counts] = []

    def write(counts: Counts) -> None:
        got.append(counts)
        if len(got) == 1:
            raise DatabaseError("locked")
        done.set()

    buffer = Buffer(write)
    buffer._at_exit = True  # nothing is left behind for the end of the test run
    buffer.add(search())
    thread = buffer._thread
    assert thread is not None
    assert thread.daemon
    assert done.wait(30)  # the second try, with the same count
    thread.join(30)
    assert not thread.is_alive()
    assert len(buffer) == 0
    done.clear()
    buffer.add(search())
    assert done.wait(30)  # a new thread for new counts


def test_thread__does_not_wait_when_much_has_come_together(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_INSIGHT_SECONDS = 3600
    monkeypatch.setattr(buffering, "WRITE_AT", 3)
    done = threading.Event()
    buffer = Buffer(lambda counts: done.set())
    buffer._at_exit = True
    for number in range(3):
        assert not done.is_set()
        buffer.add(search(f"kata {number}"))
    assert done.wait(30)


@pytest.mark.django_db
def test_drop_old__rare_texts_after_three_months_all_after_two_years() -> None:
    def row(text: str, days: int, searches: int = 1) -> None:
        SearchedText.objects.create(day=DAY - AGO(days), text=text, place="site", searches=searches)

    row("dua kali", 91), row("dua kali", 1)  # fmt: skip
    row("tiga kali", 91, 2), row("tiga kali", 1)  # fmt: skip
    row("baru", 90)
    row("", 200)
    row("sering", 730, 99), row("sering", 731, 99)  # fmt: skip
    for days in (730, 731):
        SearchedFilter.objects.create(day=DAY - AGO(days), place="site", facet="type", value="news", uses=1)
    storage.drop_old(DAY)
    left = {(row.text, (DAY - row.day).days) for row in SearchedText.objects.all()}
    assert left == {
        ("dua kali", 1), ("tiga kali", 91), ("tiga kali", 1), ("baru", 90), ("", 200), ("sering", 730),
    }  # fmt: skip
    assert [(DAY - row.day).days for row in SearchedFilter.objects.all()] == [730]
    storage.drop_old(DAY)
    assert SearchedText.objects.count() == 6


def test_drop_old__is_what_the_worker_does_every_day() -> None:
    from cms import periodic

    (job,) = [job for job in periodic.jobs() if job.run is storage.drop_old]
    assert job.seconds == periodic.DAY
