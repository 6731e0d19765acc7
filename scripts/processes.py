"""Runs processes side by side until one ends or a signal comes, and stops them all cleanly."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

STOP_SECONDS = 20.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """`with Supervisor(folder, environment) as supervisor:` start(), then run() until the end.

    Every process gets a session of its own, so that a Ctrl-C reaches this one alone and the
    children are ended in order: each may finish what it is doing.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.signals = 0
        self._previous: dict[signal.Signals, object] = {}

    def __enter__(self) -> "Supervisor":
        for number in SIGNALS:
            self._previous[number] = signal.signal(number, self._notice)
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
        for number, handler in self._previous.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def start(self, name: str, command: Sequence[str]) -> None:
        self.processes[name] = subprocess.Popen(
            list(command),
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """True once `ready()`; False when a process ended, a signal came or the time is up."""
        deadline = time.monotonic() + seconds
        while not self.signals and not self.ended() and time.monotonic() < deadline:
            if ready():
                return True
            time.sleep(0.1)
        return False

    def run(self) -> str:
        """Waits. Returns the name of the process that ended, or an empty text after a signal."""
        while not self.signals:
            if ended := self.ended():
                return ended
            time.sleep(0.2)
        return ""

    def ended(self) -> str:
        """The name of a process that is no longer running, or an empty text."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), "")

    def stop(self) -> None:
        """Asks every process to end; kills what has not after twenty seconds or at the next signal."""
        asked = self.signals
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while any(process.poll() is None for process in self.processes.values()):
            if time.monotonic() > deadline or self.signals > max(asked, 1):
                for process in self.processes.values():
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(process.pid, signal.SIGKILL)
            time.sleep(0.05)

    def _notice(self, number: int, frame: FrameType | None) -> None:
        self.signals += 1
