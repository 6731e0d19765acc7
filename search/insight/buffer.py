"""Counts in memory on their way to the database: a reader's request never waits for a writer.

The first count starts a thread that writes all of them half a minute later, or sooner when many texts have
come together, and ends when there is nothing more. What could not be written is tried again.
"""

import atexit
import datetime
import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connections

logger = logging.getLogger(__name__)

# So many different texts and values are written at once; beyond the second number no new ones are taken.
WRITE_AT = 500
MOST = 5000


@dataclass(frozen=True, slots=True)
class Search:
    """One search: the text as it may be kept, the chosen values as (facet, value), what was found.

    `results` is None where filters narrowed it: that nothing matched says nothing about the topic then.
    """

    day: datetime.date
    place: str
    text: str = ""
    values: Sequence[tuple[str, str]] = ()
    results: int | None = None
    near: int = 0
    suggested: bool = False


@dataclass(slots=True)
class Count:
    searches: int = 0
    unmatched: int = 0
    near_only: int = 0
    suggested: int = 0
    results: int | None = None

    def add(self, later: "Count") -> None:
        self.searches += later.searches
        self.unmatched += later.unmatched
        self.near_only += later.near_only
        self.suggested += later.suggested
        self.results = self.results if later.results is None else later.results


TextKey = tuple[datetime.date, str, str]  # day, text, place
ValueKey = tuple[datetime.date, str, str, str]  # day, place, facet, value


@dataclass(slots=True)
class Counts:
    texts: dict[TextKey, Count] = field(default_factory=dict)
    values: Counter[ValueKey] = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self.texts) + len(self.values)

    def add(self, later: "Counts", most: int) -> int:
        """Add later counts; how many were left out because there were `most` different ones already."""
        left_out = 0
        for key, count in later.texts.items():
            if key in self.texts:
                self.texts[key].add(count)
            elif len(self) < most:
                self.texts[key] = count
            else:
                left_out += count.searches
        for value, uses in later.values.items():
            if value in self.values or len(self) < most:
                self.values[value] += uses
            else:
                left_out += uses
        return left_out


class Buffer:
    """Safe for many threads. `write` puts counts into the database, all or nothing."""

    def __init__(self, write: Callable[[Counts], None]) -> None:
        self._write = write
        self._counts = Counts()
        self._left_out = 0
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._full = threading.Event()
        self._thread: threading.Thread | None = None
        self._at_exit = False

    def add(self, search: Search) -> None:
        """Count a search; no database, no waiting."""
        later = _counts_of(search)
        with self._lock:
            before = len(self._counts)
            self._left_out += self._counts.add(later, MOST)
            if before < WRITE_AT <= len(self._counts):
                self._full.set()
            # After a fork the parent's thread is not alive here.
            if settings.SEARCH_INSIGHT_SECONDS and not (self._thread and self._thread.is_alive()):
                self._start()

    def flush(self) -> bool:
        """Write what is counted; False where that failed, which is logged, and the counts are kept."""
        with self._writing:
            with self._lock:
                taken, self._counts = self._counts, Counts()
                left_out, self._left_out = self._left_out, 0
                self._full.clear()
            if left_out:
                logger.warning("%d counts of searches were left out: too many wait to be written", left_out)
            if not len(taken):
                return True
            try:
                self._write(taken)
            except Exception:
                logger.exception("counts of searches were not written; they are kept for the next time")
                with self._lock:
                    # First the older ones: the last number of results is the newer one's.
                    newer, self._counts = self._counts, taken
                    self._left_out += self._counts.add(newer, MOST)
                return False
        return True

    def clear(self) -> None:
        """Forget what is counted."""
        with self._lock:
            self._counts, self._left_out = Counts(), 0
            self._full.clear()

    def __len__(self) -> int:
        with self._lock:
            return len(self._counts)

    def _start(self) -> None:
        if not self._at_exit:
            self._at_exit = True
            atexit.register(self.flush)
        self._thread = threading.Thread(target=self._work, name="search-insight", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while True:
            self._full.wait(settings.SEARCH_INSIGHT_SECONDS)
            try:
                self.flush()
            finally:
                # This thread's own connections.
                connections.close_all()
            with self._lock:
                if not len(self._counts):
                    self._thread = None
                    return


def _counts_of(search: Search) -> Counts:
    unmatched = search.results == 0
    count = Count(
        searches=1,
        unmatched=int(unmatched),
        near_only=int(unmatched and search.near > 0),
        suggested=int(search.suggested),
        results=search.results,
    )
    counts = Counts({(search.day, search.text, search.place): count})
    for facet, value in dict.fromkeys(search.values):
        counts.values[search.day, search.place, facet[:40], value[:120]] += 1
    return counts
