"""`make run`: ports, marks in the database, and processes that end together."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from accounts.demo import DEMO_PASSWORD, DEMO_USERNAME
from scripts import preparation
from scripts.environment import ROOT
from scripts.run import portal_environment, read_port

SUPERVISE = """
import os, sys
from pathlib import Path
from scripts.processes import Supervisor
with Supervisor(Path.cwd(), os.environ) as supervisor:
    for name, code in zip(("web", "worker"), sys.argv[1:]):
        supervisor.start(name, [sys.executable, "-c", code])
    print("ended:", supervisor.run(), flush=True)
"""
LIVES = """
import os, pathlib, signal, sys, time
def end(*_):
    pathlib.Path(sys.argv[-1] if len(sys.argv) > 1 else "{name}-ended").touch(); sys.exit()
signal.signal(signal.SIGTERM, end)
pathlib.Path("{name}-started").write_text(str(os.getpid()))
while True: time.sleep(0.05)
"""


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_port__taken_says_so_in_one_line(taken_port: int) -> None:
    with pytest.raises(
        ValueError, match=rf"^Port {taken_port} is taken\. Choose another: make run PORT=\d+$"
    ):
        read_port(str(taken_port))


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "8000x", "¹", " 8000", "9" * 400])
def test_port__senseless(text: str) -> None:
    with pytest.raises(ValueError, match="PORT must be a number") as complaint:
        read_port(text)
    assert "\n" not in str(complaint.value)


def test_run__taken_port_prepares_nothing(taken_port: int, tmp_path: Path) -> None:
    database = tmp_path / "db.sqlite3"
    done = subprocess.run(
        [sys.executable, "-m", "scripts.run", "--no-install"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(taken_port), "DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "PORT=" in done.stderr
    assert not database.exists()


def test_environment__demo_unless_told_otherwise() -> None:
    assert portal_environment(8000, {})["DEMO"] == "1"
    assert portal_environment(8000, {"DEMO": "0"})["DEMO"] == "0"
    assert portal_environment(8123, {})["SITE_URL"] == "http://127.0.0.1:8123"


def test_environment__synthetic_records_stay_apart_from_real_ones() -> None:
    environment = portal_environment(8000, {"DEMO_SIZE": "300"})
    assert environment["DATABASE_URL"] == f"sqlite:///{ROOT}/var/demo.sqlite3"
    commands = [step.command[2:] for step in preparation.preparation_steps("python3", environment)]
    assert ["build_demo", "--size", "300"] in commands
    assert ["build_site"] not in commands
    assert "DATABASE_URL" not in portal_environment(8000, {})


@pytest.mark.parametrize("size", ["many", "-5", "100001", "9" * 300, "²"])
def test_environment__senseless_size(size: str) -> None:
    with pytest.raises(ValueError, match="SIZE must be a number"):
        portal_environment(8000, {"DEMO_SIZE": size})


def test_demo_account__run_prints_what_the_code_makes() -> None:
    assert f"{DEMO_USERNAME} / {DEMO_PASSWORD}" in preparation.demo_account_line(ROOT)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for app in preparation.APPS:
        (tmp_path / app).mkdir()
        (tmp_path / app / "models.py").write_text("A = 1\n")
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "var").mkdir()
    return tmp_path


def test_mark__kept_in_the_database_and_gone_with_it(project: Path) -> None:
    database = project / "var" / "db.sqlite3"
    assert preparation.read_mark(database) == 0
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE page (id)")
    mark = preparation.fingerprint(project, {})
    preparation.write_mark(database, mark)
    assert preparation.read_mark(database) == mark > 0
    database.unlink()
    assert preparation.read_mark(database) == 0


def test_mark__no_database_at_all(project: Path) -> None:
    broken = project / "var" / "db.sqlite3"
    broken.write_bytes(b"no database" * 100)
    assert preparation.read_mark(broken) == 0


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        (("taxonomy/data/sectors.csv", "health"), True),
        (("home/models.py", "A = 2\n"), True),
        (("requirements.txt", "wagtail==9"), True),
        (("templates/base.html", "<html>"), False),
        (("home/__pycache__/models.pyc", "A"), False),
    ],
)
def test_fingerprint__changes_with_what_fills_the_database(
    project: Path, change: tuple[str, str], differs: bool
) -> None:
    before = preparation.fingerprint(project, {})
    path = project / change[0]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(change[1])
    assert (preparation.fingerprint(project, {}) != before) is differs


def test_fingerprint__changes_with_mode_and_size(project: Path) -> None:
    modes: list[dict[str, str]] = [{}, {"DEMO": "1"}, {"DEMO_SIZE": "10"}, {"DEMO_SIZE": "20"}]
    assert len({preparation.fingerprint(project, mode) for mode in modes}) == 4


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("", ROOT / "var" / "db.sqlite3"),
        ("sqlite:////srv/portal.sqlite3", Path("/srv/portal.sqlite3")),
        ("postgres://jippnas@127.0.0.1/jippnas", None),
    ],
)
def test_sqlite_file__of_each_address(url: str, file: Path | None) -> None:
    assert preparation.sqlite_file(ROOT, {"DATABASE_URL": url}) == file


def test_apps__are_all_in_the_fingerprint() -> None:
    assert {path.parent.name for path in ROOT.glob("*/apps.py")} == set(preparation.APPS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scripts").symlink_to(ROOT / "scripts")
    return tmp_path


def wait_for(*paths: Path) -> None:
    deadline = time.monotonic() + 30
    while not all(path.exists() for path in paths):
        assert time.monotonic() < deadline, f"never came: {paths}"
        time.sleep(0.02)


def is_running(started: Path) -> bool:
    try:
        os.kill(int(started.read_text()), 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_supervisor__signal_ends_both_cleanly(folder: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-c", SUPERVISE, LIVES.format(name="web"), LIVES.format(name="worker")]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as running:
        wait_for(folder / "web-started", folder / "worker-started")
        running.send_signal(number)
        said, _ = running.communicate(timeout=30)
    assert said == "ended: \n"
    assert (folder / "web-ended").exists()
    assert (folder / "worker-ended").exists()


@pytest.mark.parametrize("dies", ["web", "worker"])
def test_supervisor__one_dies_and_the_other_is_stopped(folder: Path, dies: str) -> None:
    other = "worker" if dies == "web" else "web"
    codes = {dies: "raise SystemExit(7)", other: LIVES.format(name=other)}
    command = [sys.executable, "-c", SUPERVISE, codes["web"], codes["worker"]]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.stdout == f"ended: {dies}\n"
    started = folder / f"{other}-started"
    assert not started.exists() or not is_running(started)


def test_makefile__help_lists_every_target() -> None:
    if not shutil.which("make"):
        pytest.skip("needs make: apt-get install make")
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    phony = next(line for line in (ROOT / "Makefile").read_text().splitlines() if line.startswith(".PHONY"))
    for target in phony.split()[1:]:
        assert f"make {target} " in listed
