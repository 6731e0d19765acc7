import logging
import os
import signal
import sys
from types import FrameType

from django.core.management.base import BaseCommand

from cms import periodic
from cms.worker import PortalWorker

logger = logging.getLogger("cms.worker")


class Command(BaseCommand):
    help = "Runs tasks and periodic jobs (scheduled publishing, clean-up) until it is told to stop."

    def handle(self, *args: object, **options: object) -> None:
        worker = PortalWorker(f"worker-{os.getpid()}")

        def end(number: int, frame: FrameType | None) -> None:
            if worker.stopping:
                # Asked twice: break off the task under way; it counts as failed.
                sys.exit(1)
            worker.stop()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, end)
        logger.info("worker started; periodic jobs: %s", ", ".join(job.name for job in periodic.jobs()))
        worker.run()
        logger.info("worker stopped")
