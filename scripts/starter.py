"""The starter site, built and served as `make run` does it, for tests and pictures."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.environment import ROOT

BUILD_SECONDS = 600


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def starter_site(folder: Path) -> Iterator[str]:
    """The address of a running portal whose database and files are in `folder`.

    Raises `RuntimeError` with what `make run` said when it does not come up.
    """
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    environment |= {
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "MEDIA_ROOT": str(folder / "media"),
        "DEMO": "1",
    }
    log = folder / "run.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "scripts.run", "--no-install"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as running,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            if not _came_up(running, f"{address}/readyz"):
                raise RuntimeError(f"the starter site did not come up; it said:\n{log.read_text()[-3000:]}")
            yield address
        finally:
            running.terminate()
            running.wait(timeout=60)


def _came_up(running: "subprocess.Popen[bytes]", address: str) -> bool:
    deadline = time.monotonic() + BUILD_SECONDS
    while running.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    return False
