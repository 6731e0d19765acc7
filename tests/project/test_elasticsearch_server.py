"""A real server: started by command or by a test, halted, killed and back with its data."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.elasticsearch_server import Server, ServerError
from scripts.environment import ROOT
from scripts.process_groups import Process, find

NOTE = "/notes/_doc/1?refresh=wait_for"


def ask(url: str, body: object = None, timeout: float = 30) -> dict:
    request = urllib.request.Request(url, headers={"Content-Type": "application/json"})
    if body is not None:
        request.data, request.method = json.dumps(body).encode(), "PUT"
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        return json.load(answer)


def command(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "elasticsearch"), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not below tmp_path, which the user that runs the server cannot read when root tests."""
    with tempfile.TemporaryDirectory(prefix="jippnas-elasticsearch-") as name:
        yield Path(name)
        Server(folder=Path(name)).close()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize("heap", ["", "512", "0m", "1t", "-1g", "1g -XX:OnError=sh", "9" * 30 + "m"])
def test_server__senseless_heap(heap: str, folder: Path) -> None:
    with pytest.raises(ServerError, match="heap must be a size"):
        Server(heap=heap, folder=folder)


def test_command__not_installed(tmp_path: Path, folder: Path) -> None:
    done = command("start", "--port", "0", "--folder", str(folder), ES_HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"ES_HOME={tmp_path} holds no Elasticsearch 9" in done.stderr
    assert "Traceback" not in done.stderr


def test_command__senseless_port(folder: Path) -> None:
    done = command("start", "--port", "99999", "--folder", str(folder))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_command__taken_port(taken_port: int, folder: Path) -> None:
    done = command("start", "--port", str(taken_port), "--folder", str(folder))
    assert done.returncode == 1
    assert f"Port {taken_port} is taken" in done.stderr


def test_command__nothing_runs(folder: Path) -> None:
    assert command("status", "--folder", str(folder)).returncode == 3
    assert command("stop", "--folder", str(folder)).returncode == 0


def test_record__of_another_process_is_not_believed(folder: Path) -> None:
    mine = find(os.getpid())
    assert mine
    record = {"port": 9200, "group": os.getpgid(0), "processes": [[mine.pid, mine.started + 1]]}
    (folder / "server.json").write_text(json.dumps(record))
    server = Server(folder=folder)
    assert not server.is_running()
    assert server.stop() is False
    server.kill()


def test_process__only_its_exit_code_is_left() -> None:
    with subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE) as child:
        assert child.stdout
        process = find(child.pid)
        assert process is None or process == Process(child.pid, process.started)
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert find(child.pid) is None


def test_command__start_status_stop(elasticsearch_machine: None, folder: Path) -> None:
    here = ("--folder", str(folder))
    started = command("start", "--port", "0", *here)
    assert started.returncode == 0, started.stderr
    url = started.stdout.strip()
    assert ask(url)["version"]["number"].startswith("9.")
    assert ask(f"{url}{NOTE}", {"text": "kept"})["result"] == "created"

    again = command("start", "--port", "0", *here)
    assert (again.returncode, again.stdout) == (0, started.stdout)
    assert "runs already" in again.stderr
    elsewhere = command("start", "--port", "9", *here)
    assert elsewhere.returncode == 1
    assert url in elsewhere.stderr

    assert command("status", *here).returncode == 0
    server = Server(folder=folder)
    server.pause()
    assert command("status", *here).returncode == 3
    assert command("stop", *here).stdout == "Stopped.\n"
    assert not server.is_running()
    assert command("status", *here).returncode == 3
    assert "closed" in (folder / "output.log").read_text()


def test_server__runs_as_somebody_else_than_root(own_elasticsearch: Server) -> None:
    assert own_elasticsearch.pid
    assert Path(f"/proc/{own_elasticsearch.pid}").stat().st_uid != 0


def test_server__paused_answers_nothing_and_resumed_answers(own_elasticsearch: Server) -> None:
    own_elasticsearch.pause()
    with pytest.raises(TimeoutError):
        ask(own_elasticsearch.url, timeout=0.5)
    assert own_elasticsearch.is_running()
    own_elasticsearch.resume()
    assert ask(own_elasticsearch.url)["cluster_name"] == "jippnas"


def test_server__killed_while_paused_and_back_with_its_data(own_elasticsearch: Server) -> None:
    url, pid = own_elasticsearch.url, own_elasticsearch.pid
    ask(f"{url}{NOTE}", {"text": "kept"})
    own_elasticsearch.pause()
    own_elasticsearch.kill()
    assert not own_elasticsearch.is_running()
    with pytest.raises(urllib.error.URLError):
        ask(url)
    own_elasticsearch.start()
    assert own_elasticsearch.url == url
    assert own_elasticsearch.pid != pid
    assert ask(f"{url}/notes/_doc/1")["_source"] == {"text": "kept"}


def test_server__left_killed(own_elasticsearch: Server) -> None:
    own_elasticsearch.kill()


def test_server__is_back_for_the_next_test(own_elasticsearch: Server) -> None:
    assert own_elasticsearch.answers()


def test_server__nothing_is_left_of_a_start_that_failed(elasticsearch_machine: None) -> None:
    server = Server(heap="2m")
    with pytest.raises(ServerError, match="ended while it started"), server:
        pytest.fail(f"runs with two megabytes at {server.url}")
    assert not server.folder.exists()
    assert not server.is_running()
