"""Something done beside a test, on a connection of its own, until it waits for what the test holds."""

import threading
import time

from django.db import connection

PATIENCE = 30


def somebody_waits() -> bool:
    """Whether a query stands at a lock that another transaction holds."""
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from pg_locks where not granted)")
        return bool(cursor.fetchone()[0])


class AtOnce(threading.Thread):
    """Done beside what the test does, on a connection of its own."""

    def act(self) -> None:
        raise NotImplementedError

    def run(self) -> None:
        try:
            self.act()
        finally:
            connection.close()

    def wait_until_held_up(self) -> None:
        end = time.monotonic() + PATIENCE
        while self.is_alive() and not somebody_waits():
            assert time.monotonic() < end
