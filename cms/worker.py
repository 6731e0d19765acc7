"""The worker's loop: tasks from the database, and between them the periodic jobs."""

import logging
import threading
import time

from django.db import DatabaseError, InterfaceError, connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from cms import periodic

logger = logging.getLogger(__name__)

# Between two looks at the periodic jobs, however long the queue of tasks is.
TASKS_IN_A_ROW = 20
IDLE_SECONDS = 1.0
# How soon a signal is noticed while there is nothing to do.
NAP_SECONDS = 0.2
LONGEST_PAUSE = 30.0
ATTEMPTS = 3
# How long what runs apart may go on when the worker has been told to stop: it bears being broken off.
APART_SECONDS = 5.0


class PortalWorker:
    """Runs until `stop()`: a task under way is finished first. One such process, never two.

    A database that does not answer is asked again, at growing intervals up to half a minute.
    """

    def __init__(self, name: str, backend: str = "default") -> None:
        self.name = name
        self.backend = backend
        jobs = periodic.jobs()
        self.timetable = periodic.Timetable(tuple(job for job in jobs if not job.apart))
        self.apart = [
            threading.Thread(target=self._repeat, args=[job], daemon=True) for job in jobs if job.apart
        ]
        self.stopping = False
        self._ended = threading.Event()
        self._tasks: Worker | None = None

    def stop(self) -> None:
        self.stopping = True
        if self._tasks is not None:
            self._tasks.running = False

    def run(self) -> None:
        for thread in self.apart:
            thread.start()
        try:
            self._run()
        finally:
            self._ended.set()
            for thread in self.apart:
                thread.join(APART_SECONDS)

    def _run(self) -> None:
        pause = IDLE_SECONDS
        recovered = False
        while not self.stopping:
            try:
                if not recovered:
                    self.recover()
                    recovered = True
                busy = self.run_tasks()
                self.timetable.run_due()
            except (DatabaseError, InterfaceError) as error:
                logger.error("the database does not answer, next try in %g s: %s", pause, error)
                connections.close_all()
                recovered = False
                self._nap(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception:
                logger.exception("the worker stumbled and goes on")
                self._nap(pause)
            else:
                pause = IDLE_SECONDS
                if not busy:
                    self._nap(IDLE_SECONDS)

    def run_tasks(self) -> bool:
        """Runs up to twenty tasks that are ready; False when there was none."""
        # Asked first without a lock: taking a task locks SQLite for every writer.
        if not DBTaskResult.objects.ready().filter(backend_name=self.backend).exists():
            return False
        self._tasks = Worker(
            queue_names=["*"],
            interval=NAP_SECONDS,
            batch=True,
            backend_name=self.backend,
            startup_delay=False,
            max_tasks=TASKS_IN_A_ROW,
            worker_id=self.name,
            excluded_queue_names=[],
        )
        self._tasks.running = not self.stopping
        self._tasks.run()
        return True

    def recover(self) -> int:
        """Puts tasks back that a worker left half done when it died; returns how many.

        Right because there is only one worker. A task that brought it down three times has failed.
        """
        left = DBTaskResult.objects.running().filter(backend_name=self.backend)
        for task in left:
            if len(task.worker_ids) >= ATTEMPTS:
                task.set_failed(RuntimeError(f"the worker ended {ATTEMPTS} times while running this task"))
            else:
                task.status = "READY"
                task.save(update_fields=["status"])
            logger.warning("task %s (%s) was left half done: now %s", task.pk, task.task_path, task.status)
        return len(left)

    def _repeat(self, job: periodic.Job) -> None:
        """Do one job beside the tasks, until the worker stops."""
        timetable = periodic.Timetable((job,))
        timetable.run_due()
        while not self._ended.wait(min(job.seconds, IDLE_SECONDS)):
            timetable.run_due()

    def _nap(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < deadline:
            time.sleep(min(NAP_SECONDS, seconds))
