"""After a failure a server is left alone for a while, so that not every reader waits for it."""

import threading
import time
from collections.abc import Callable

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 60.0


class Breaker:
    """Closed: ask. Open: do not ask until the pause is over; then one asks, and the others when he succeeds.

    The pause doubles with every try that fails; those who asked together while it was closed fail together,
    which counts once. One per process, shared by its threads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self.pause = 0.0
        self._until = 0.0
        self._trying = False

    @property
    def is_open(self) -> bool:
        return self.pause > 0

    def may_ask(self) -> bool:
        """Whether to ask the server now. Whoever hears yes while it is open is the one who tries."""
        with self._lock:
            if not self.is_open:
                return True
            now = self._clock()
            if now < self._until:
                return False
            # The others wait until this try is over, or a pause longer if it never comes back.
            self._until = now + self.pause
            self._trying = True
            return True

    def succeeded(self) -> bool:
        """Note an answer. True when the server had been away until now."""
        with self._lock:
            was_open, self.pause, self._trying = self.is_open, 0.0, False
            return was_open

    def failed(self) -> float:
        """Note a failure. The seconds the server is now left alone, 0 where it is already."""
        with self._lock:
            if self.is_open and not self._trying:
                return 0.0
            self.pause = min(self.pause * 2, LONGEST_PAUSE) if self.is_open else FIRST_PAUSE
            self._until = self._clock() + self.pause
            self._trying = False
            return self.pause
