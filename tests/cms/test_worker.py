import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import OperationalError, connection
from django_tasks_db.models import DBTaskResult

from cms import periodic
from cms.periodic import Job
from cms.worker import ATTEMPTS, PortalWorker
from tests.cms.jobs import make_group, stumble


@pytest.fixture
def worker() -> PortalWorker:
    return PortalWorker("worker-test")


@pytest.mark.django_db
def test_tasks__none_ready(worker: PortalWorker) -> None:
    assert not worker.run_tasks()


@pytest.mark.django_db(transaction=True)
def test_tasks__run_and_a_failure_is_kept(worker: PortalWorker) -> None:
    stumble.enqueue()
    make_group.enqueue("dari-tugas")
    assert worker.run_tasks()
    assert Group.objects.filter(name="dari-tugas").exists()
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]


@pytest.mark.django_db
def test_recover__puts_a_half_done_task_back(worker: PortalWorker) -> None:
    make_group.enqueue("lagi")
    DBTaskResult.objects.get().claim("dead")
    assert worker.recover() == 1
    assert DBTaskResult.objects.get().status == "READY"


@pytest.mark.django_db
def test_recover__gives_up_on_a_task_that_kills(worker: PortalWorker) -> None:
    make_group.enqueue("maut")
    for attempt in range(ATTEMPTS):
        DBTaskResult.objects.get().claim(f"dead-{attempt}")
    worker.recover()
    assert DBTaskResult.objects.get().status == "FAILED"


@pytest.mark.django_db(transaction=True)
def test_run__survives_a_database_that_does_not_answer(
    worker: PortalWorker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    def nap(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 4:
            worker.stop()

    def refuse(*args: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(worker, "_nap", nap)
    with connection.execute_wrapper(refuse):
        worker.run()
    assert pauses == [1, 2, 4, 8]
    assert "connection refused" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_run__does_what_waits_and_stops(worker: PortalWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    make_group.enqueue("sambil-jalan")
    monkeypatch.setattr(worker, "_nap", lambda seconds: worker.stop())
    worker.run()
    assert Group.objects.filter(name="sambil-jalan").exists()


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of its own for a worker process: only the tables that the loop needs at once."""
    return tmp_path_factory.mktemp("worker") / "db.sqlite3"


@pytest.fixture
def process(migrated: Path, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{migrated}",
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        "LOG_LEVEL": "INFO",
    }
    log = (tmp_path / "worker.log").open("wb")
    with subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"], env=environment, stdout=log, stderr=log
    ) as running:
        yield running
        running.kill()


def wait_for(log: Path, text: str) -> str:
    deadline = time.monotonic() + 60
    while text not in (said := log.read_text()):
        assert time.monotonic() < deadline, f"{text!r} not in: {said}"
        time.sleep(0.1)
    return said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_command__empty_database_then_signal(
    process: "subprocess.Popen[bytes]", tmp_path: Path, migrated: Path, number: signal.Signals
) -> None:
    # No tables at all: the worker says so and keeps trying, as it does when a server is down.
    wait_for(tmp_path / "worker.log", "does not answer")
    process.send_signal(number)
    assert process.wait(timeout=20) == 0
    assert "worker stopped" in (tmp_path / "worker.log").read_text()
    with closing(sqlite3.connect(migrated)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.django_db(transaction=True)
def test_run__a_long_task_does_not_hold_up_what_runs_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = threading.Event()
    monkeypatch.setattr(periodic, "jobs", lambda: (Job("apart", 0.1, ran.set, apart=True),))
    worker = PortalWorker("worker-test")
    found: list[bool] = []

    def long_task() -> bool:
        found.append(ran.wait(20))
        worker.stop()
        return True

    monkeypatch.setattr(worker, "run_tasks", long_task)
    worker.run()
    assert found == [True]
    assert not any(thread.is_alive() for thread in worker.apart)


@pytest.mark.django_db(transaction=True)
def test_run__what_hangs_apart_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, over = threading.Event(), threading.Event()

    def hang() -> None:
        begun.set()
        over.wait(60)

    monkeypatch.setattr(periodic, "jobs", lambda: (Job("apart", 0.1, hang, apart=True),))
    monkeypatch.setattr("cms.worker.APART_SECONDS", 0.1)
    worker = PortalWorker("worker-test")

    def stop() -> bool:
        assert begun.wait(20)
        worker.stop()
        return True

    monkeypatch.setattr(worker, "run_tasks", stop)
    began = time.monotonic()
    worker.run()
    assert time.monotonic() - began < 20
    # A process that ends does not wait for it either.
    assert all(thread.daemon for thread in worker.apart)
    over.set()
    for thread in worker.apart:
        thread.join(20)
