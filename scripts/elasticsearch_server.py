"""A real Elasticsearch on 127.0.0.1: started, stopped and, for tests of what happens then, killed or halted.

    with Server() as server:            # a free port, a temporary folder that is removed at the end
        server.url                      # http://127.0.0.1:43211
        server.pause(); server.resume() # it stands still: connections are taken, nothing is answered
        server.kill(); server.start()   # gone at once, and back with the same data on the same port

Elasticsearch refuses to run as root: then it runs as `nobody`. Two processes belong to it, a launcher
and the Java that serves, in a process group of their own. `server.json` in its folder remembers them, so
that another process finds the server by its folder alone. Linux only. Standard library only.
"""

import contextlib
import fcntl
import http.client
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from scripts.elasticsearch_configuration import HOST, heap_options, write_configuration
from scripts.elasticsearch_install import find_home
from scripts.jdk import find_jdk
from scripts.process_groups import Process, arguments, find, is_halted, members
from scripts.unprivileged import UNPRIVILEGED, can_read, hand_over, user_to_run_as

START_SECONDS = 120.0
STOP_SECONDS = 60.0
LAUNCHER = "org.elasticsearch.server.launcher.ServerLauncher"
SERVER = "org.elasticsearch.bootstrap.Elasticsearch"
LINES_SHOWN = 15


class ServerError(Exception):
    """The server did not do what it was asked for; the text says why."""


class Server:
    """The server of a folder; without a folder, of a temporary one. `port` 0 means any free one."""

    def __init__(
        self,
        *,
        port: int = 0,
        heap: str = "512m",
        folder: Path | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        if not re.fullmatch(r"[1-9]\d{0,5}[mg]", heap):
            raise ServerError(f"The heap must be a size like 512m or 2g, not {heap!r}.")
        if not 0 <= port <= 65_535:
            raise ServerError(f"The port must be a number up to 65535, 0 for any free one, not {port}.")
        self.heap = heap
        self.environment = environment
        self.is_temporary = folder is None
        self.folder = folder.absolute() if folder else Path(tempfile.mkdtemp(prefix="jippnas-elasticsearch-"))
        self._port = port
        self._launcher: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def port(self) -> int:
        """Where it runs, or where it will run next; 0 before the first start on any free port."""
        return int(self._record()["port"]) if self.is_running() else self._port

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def pid(self) -> int | None:
        """The number of the Java that serves; `None` when it does not run."""
        return next((process.pid for process in self._alive() if SERVER in _last_argument(process)), None)

    def is_running(self) -> bool:
        """Its processes are there, whether they answer or not."""
        return bool(self._alive())

    def answers(self, seconds: float = 2.0) -> bool:
        """Its indices can be read and written."""
        url = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout={seconds:.0f}s"
        with (
            contextlib.suppress(OSError, ValueError, http.client.HTTPException),
            urllib.request.urlopen(url, timeout=seconds + 1) as answer,
        ):
            return not json.load(answer)["timed_out"]
        return False

    def start(self) -> None:
        """Returns once it answers; at once when it does already. Raises `ServerError`, having cleaned up."""
        self._prepare_folder()
        with self._alone():
            if self.is_running():
                if self._port not in (0, self.port):
                    raise ServerError(f"It runs at {self.url} already. Stop it, or use another --folder.")
                self._wait_until_ready()
                return
            self._port = self._port or _free_port()
            _refuse_taken(self._port)
            home = find_home(self.environment)
            java = find_jdk(self.environment, home / "jdk")
            user = user_to_run_as()
            for folder in (home / "lib", java / "bin", self.folder):
                if not can_read(user, folder):
                    raise ServerError(f"The user {UNPRIVILEGED}, whom it runs as, cannot read {folder}.")
            write_configuration(home, self.folder, self._port)
            # Its record and its output stay ours.
            for name in ("config", "data", "logs", "tmp"):
                hand_over(user, self.folder / name)
            try:
                self._launch(home, java, user)
                self._wait_until_ready()
            except BaseException:
                self.kill()
                raise

    def stop(self) -> bool:
        """Asks it to end and waits; what has not ended after a minute is killed. False: it did not run."""
        if not self._alive():
            return False
        self.resume()
        # The Java itself, where there is one: a launcher may be a script that tells nobody.
        self._signal(self.pid or self._group(), signal.SIGTERM)
        if not _comes_true(lambda: not self._alive(), STOP_SECONDS):
            self.kill()
        self._reap()
        return True

    def kill(self) -> None:
        """Ends launcher and Java at once, as a crash would; returns when they are gone."""
        if self._alive():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._group(), signal.SIGKILL)
            if not _comes_true(lambda: not self._alive(), STOP_SECONDS):
                raise ServerError(f"The processes of {self.folder} do not end.")
        self._reap()

    def pause(self) -> None:
        """Halts the Java and returns when all of it stands still: connections are taken, no answer comes."""
        if not (pid := self.pid):
            raise ServerError("A server that does not run cannot be paused.")
        self._signal(pid, signal.SIGSTOP)
        if not _comes_true(lambda: is_halted(pid), STOP_SECONDS):
            raise ServerError(f"The process {pid} cannot be halted.")

    def resume(self) -> None:
        """Lets it go on after `pause`; harmless otherwise."""
        if pid := self.pid:
            self._signal(pid, signal.SIGCONT)

    def close(self) -> None:
        """Ends it, whatever it does. A temporary folder is removed."""
        self.kill()
        if self.is_temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _launch(self, home: Path, java: Path, user: pwd.struct_passwd | None) -> None:
        launcher = f"{home}/lib/tools/server-launcher/*"
        command = [f"{java}/bin/java", "-Xms4m", "-Xmx64m", "-XX:+UseSerialGC", "-cp", launcher, LAUNCHER]
        if os.access(home / "bin" / "elasticsearch", os.X_OK):
            command = [f"{home}/bin/elasticsearch"]
        environment = {
            "PATH": os.defpath,
            "HOME": str(self.folder / "tmp"),
            "ES_HOME": str(home),
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_TMPDIR": str(self.folder / "tmp"),
            "ES_JAVA_HOME": str(java),
            "ES_JAVA_OPTS": heap_options(self.heap),
            # What the usual start script would find out.
            "ES_DISTRIBUTION_TYPE": "tar",
            "JAVA": f"{java}/bin/java",
            "JAVA_TYPE": "ES_JAVA_HOME",
        }
        with (self.folder / "output.log").open("wb") as output:
            self._launcher = subprocess.Popen(
                command,
                cwd=home,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
            )
        self._remember(self._port, find(self._launcher.pid))

    def _wait_until_ready(self) -> None:
        """Returns once it answers; by then both processes are known and remembered."""
        if not _comes_true(lambda: not self._alive() or self.answers(), START_SECONDS):
            raise ServerError(f"No answer from {self.url} in {START_SECONDS:.0f} s.\n{self._last_words()}")
        if not self._alive():
            raise ServerError(f"Elasticsearch ended while it started.\n{self._last_words()}")
        self._remember(self.port, *self._alive())

    def _last_words(self) -> str:
        path = self.folder / "output.log"
        lines = path.read_text(errors="replace").splitlines()[-LINES_SHOWN:] if path.exists() else []
        return "\n".join([f"The last lines of {path}:", *(f"    {line[:200]}" for line in lines)])

    def _alive(self) -> list[Process]:
        """Its living processes, the launcher first if that is among them.

        A process group keeps its number as long as one of its processes lives: while one that was
        remembered does, all of the group are ours.
        """
        known = [Process(*pair) for pair in self._record().get("processes", [])]
        if not any(process.is_alive() for process in known):
            return []
        return sorted(members(self._group()), key=lambda process: process.pid != self._group())

    def _group(self) -> int:
        return int(self._record()["group"])

    def _record(self) -> dict:
        try:
            return dict(json.loads((self.folder / "server.json").read_text()))
        except (OSError, ValueError):
            return {}

    def _remember(self, port: int, *processes: Process | None) -> None:
        known = [(process.pid, process.started) for process in processes if process]
        group = os.getpgid(known[0][0]) if known else 0
        draft = self.folder / "server.json.draft"
        draft.write_text(json.dumps({"port": port, "group": group, "processes": known}))
        draft.replace(self.folder / "server.json")

    def _reap(self) -> None:
        """Our own child is waited for, so that nothing is left of it."""
        if self._launcher:
            self._launcher.wait()
            self._launcher = None

    @staticmethod
    def _signal(pid: int, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)

    def _prepare_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)
        for name in ("data", "logs", "tmp"):
            (self.folder / name).mkdir(exist_ok=True)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Two starts of the same folder: the second waits and then finds it running."""
        with (self.folder / "start.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _last_argument(process: Process) -> str:
    return next((text for text in reversed(arguments(process.pid)) if text), "")


def _comes_true(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise ServerError(
                f"Port {port} is taken by something else. Choose another: --port {port % 65_535 + 1}"
            ) from None
