"""One step of a longer start: shows that it goes on, and when it fails, what it said last.

Standard library only: it runs before anything is installed.
"""

import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LINES_KEPT = 15
# How often a step that takes long says so: a terminal is redrawn, a log gets a line.
REDRAW_SECONDS = 0.5
LOG_SECONDS = 5.0


@dataclass(frozen=True)
class Step:
    """A command with a name for people; `hint` says how to go on if it fails."""

    name: str
    command: Sequence[str]
    hint: str = ""


class StepFailedError(Exception):
    """A step ended with an error; the text says which, its last lines and how to go on."""


def run_steps(steps: Sequence[Step], folder: Path, environment: Mapping[str, str]) -> None:
    """Runs `steps` in order in `folder`. Raises `StepFailedError` at the first that fails."""
    for number, step in enumerate(steps, 1):
        _run(step, f"[{number}/{len(steps)}] {step.name}", folder, environment)


def _run(step: Step, title: str, folder: Path, environment: Mapping[str, str]) -> None:
    started = time.monotonic()
    terminal = sys.stdout.isatty()
    if not terminal:
        print(f"{title} ...", flush=True)
    process = subprocess.Popen(
        list(step.command),
        cwd=folder,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said: deque[str] = deque([""], maxlen=LINES_KEPT)
    reader = threading.Thread(target=_collect, args=(process, said), daemon=True)
    reader.start()
    try:
        _watch(process, title, said, started, terminal)
    except BaseException:
        process.terminate()
        process.wait()
        raise
    reader.join(timeout=5)
    seconds = time.monotonic() - started
    if process.returncode:
        raise StepFailedError(_failure(step, title, process.returncode, said))
    print(f"{_clear(terminal)}{title}: done in {seconds:.0f} s", flush=True)


def _watch(
    process: "subprocess.Popen[bytes]", title: str, said: deque[str], started: float, terminal: bool
) -> None:
    pause = REDRAW_SECONDS if terminal else LOG_SECONDS
    while True:
        try:
            process.wait(timeout=pause)
        except subprocess.TimeoutExpired:
            line = f"{title} ... {time.monotonic() - started:.0f} s  {said[-1][:70]}"
            print(f"{_clear(terminal)}{line[:110]}", end="" if terminal else "\n", flush=True)
        else:
            return


def _clear(terminal: bool) -> str:
    return "\r\033[K" if terminal else ""


def _collect(process: "subprocess.Popen[bytes]", said: deque[str]) -> None:
    """Keeps the last lines; a progress bar's carriage return starts a new line too."""
    assert process.stdout is not None
    rest = b""
    while piece := process.stdout.read1(65_536):  # type: ignore[attr-defined]
        *lines, rest = (rest + piece.replace(b"\r", b"\n")).split(b"\n")
        said.extend(text for line in lines if (text := line.decode(errors="replace").rstrip()))
    if rest.strip():
        said.append(rest.decode(errors="replace").rstrip())


def _failure(step: Step, title: str, code: int, said: deque[str]) -> str:
    lines = [f"{title}: FAILED (exit code {code}). The last lines it said:", ""]
    lines += [f"    {line}" for line in said if line]
    lines += ["", f"How to go on: {step.hint or 'mend what the lines above name.'}"]
    lines.append("Then start again: what is finished is not done twice.")
    return "\n".join(lines)
