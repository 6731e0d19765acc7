"""Processes that outlive whoever started them, known again by number and time of start (Linux).

A number alone may belong to another process by now; together with the time of start it does not.
Standard library only.
"""

from dataclasses import dataclass
from pathlib import Path

PROCESSES = Path("/proc")
# Fields of /proc/<pid>/stat, counted after the name in brackets, which may hold anything.
STATE, GROUP, THREADS, STARTED = 0, 2, 17, 19


@dataclass(frozen=True)
class Process:
    """One process: `started` is counted in clock ticks since the machine's start."""

    pid: int
    started: int

    def is_alive(self) -> bool:
        return find(self.pid) == self


def find(pid: int) -> Process | None:
    """The process of that number; `None` when there is none or only its exit code is left."""
    fields = _stat(pid)
    return Process(pid, int(fields[STARTED])) if _lives(fields) else None


def members(group: int) -> list[Process]:
    """The living processes of a process group."""
    found = []
    for path in PROCESSES.glob("[0-9]*"):
        fields = _stat(int(path.name))
        if _lives(fields) and int(fields[GROUP]) == group:
            found.append(Process(int(path.name), int(fields[STARTED])))
    return found


def is_halted(pid: int) -> bool:
    """Every thread has come to a stop (SIGSTOP), or is gone; one that runs on may still answer."""
    states = [_fields(path / "stat")[STATE:][:1] for path in (PROCESSES / str(pid) / "task").glob("[0-9]*")]
    return all(state in (["T"], ["t"], []) for state in states)


def arguments(pid: int) -> list[str]:
    """The command line of a process; empty when it is gone."""
    try:
        return (PROCESSES / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def _lives(fields: list[str]) -> bool:
    """Not gone. The first thread may have ended while others still hold the process's ports and files."""
    return bool(fields) and (fields[STATE] not in "ZX" or int(fields[THREADS]) > 1)


def _stat(pid: int) -> list[str]:
    return _fields(PROCESSES / str(pid) / "stat")


def _fields(path: Path) -> list[str]:
    try:
        return path.read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
