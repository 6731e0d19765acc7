"""Jobs that the worker does again and again. Apps register theirs in `AppConfig.ready`."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import close_old_connections

logger = logging.getLogger(__name__)

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Job:
    """`apart`: done beside the tasks, so that no long task holds it up; it must not mind them."""

    name: str
    seconds: float
    run: Callable[[], object]
    apart: bool = False


_jobs: dict[str, Job] = {}


def register(name: str, seconds: float, run: Callable[[], object], apart: bool = False) -> None:
    """Has the worker call `run` every `seconds`, the first time when it starts.

    A job must be safe to run too often: a restarted worker begins anew. What it raises is logged,
    and it is tried again at its next time. Raises `ValueError` when the name is taken.
    """
    if name in _jobs:
        raise ValueError(f"a periodic job named {name!r} is registered already")
    if seconds <= 0:
        raise ValueError(f"{name!r} must have a time of more than 0 seconds between its runs")
    _jobs[name] = Job(name, seconds, run, apart)


def jobs() -> tuple[Job, ...]:
    return tuple(_jobs.values())


class Timetable:
    """When each job is due. `clock` returns seconds that only grow."""

    def __init__(self, jobs: tuple[Job, ...], clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._due = {job: clock() for job in jobs}

    def run_due(self) -> list[str]:
        """Runs every job whose time has come; returns the names of those that succeeded."""
        return [job.name for job in self._take_due() if _succeeds(job)]

    def _take_due(self) -> Iterator[Job]:
        for job, due in self._due.items():
            now = self._clock()
            if now >= due:
                self._due[job] = now + job.seconds
                yield job


def _succeeds(job: Job) -> bool:
    close_old_connections()
    try:
        job.run()
    except Exception:
        logger.exception("periodic job %r failed; next try in %g s", job.name, job.seconds)
        return False
    finally:
        close_old_connections()
    return True
