"""Processes that outlive whoever started them, known again by number and time of start (Linux).

A number alone may belong to another process by now; together with the time of start it does not.
Standard library only.
"""

from dataclasses import dataclass
from pathlib import Path

PROCESSES = Path("/proc")
# Fields of /proc/<pid>/stat, counted after the name in brackets, which may hold anything.
STATE, GROUP, STARTED = 0, 2, 19


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
    if not fields or fields[STATE] in "ZX":
        return None
    return Process(pid, int(fields[STARTED]))


def members(group: int) -> list[Process]:
    """The living processes of a process group."""
    found = []
    for path in PROCESSES.glob("[0-9]*"):
        fields = _stat(int(path.name))
        if fields and int(fields[GROUP]) == group and fields[STATE] not in "ZX":
            found.append(Process(int(path.name), int(fields[STARTED])))
    return found


def arguments(pid: int) -> list[str]:
    """The command line of a process; empty when it is gone."""
    try:
        return (PROCESSES / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def _stat(pid: int) -> list[str]:
    try:
        return (PROCESSES / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
