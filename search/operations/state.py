"""How the search stands: which engine answers, what waits, and what is wrong."""

import threading
import time
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from search import engines, index
from search.engines import lag
from search.engines.elasticsearch.connection import Connection, client
from search.engines.elasticsearch.faults import reported
from search.engines.elasticsearch.mapping import live_alias
from search.engines.elasticsearch.walk import number
from search.engines.guarded import GuardedEngine
from search.models import OutboxEntry, SearchDocument
from search.types import EngineUnavailableError

# One look serves a process for so long, however often it is asked for.
KEPT_SECONDS = 5.0
REFUSED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class State:
    """`engine` is the one set for readers; `problem` says in English what is wrong with it, or is empty.

    `pause` is how many seconds this process leaves the server alone; `indexed` is None where it cannot be
    learnt. `documents` are those readers can find.
    """

    engine: str
    problem: str
    pause: float
    documents: int
    indexed: int | None
    waiting: int
    waiting_since: datetime | None
    refused: int
    looked_at: datetime

    @property
    def is_well(self) -> bool:
        return not (self.problem or self.pause or self.refused or self.is_behind or self.differs)

    @property
    def differs(self) -> bool:
        """Whether the index has more or fewer documents than it should, though nothing waits any more: it
        is of another database, or somebody has been at it. What changes at this moment may look so too."""
        return self.indexed not in (None, self.documents) and not (self.waiting or self.refused)

    @property
    def is_behind(self) -> bool:
        return self.outside and lag.Lag(self.waiting_since).is_far_behind

    @property
    def outside(self) -> bool:
        return self.engine != "database"

    @property
    def waiting_seconds(self) -> float:
        return (self.looked_at - self.waiting_since).total_seconds() if self.waiting_since else 0.0


_kept: tuple[float, State] | None = None
_looking = threading.Lock()


def current() -> State:
    """As of at most `KEPT_SECONDS` ago: a health page must not become a load. One asker at a time looks;
    meanwhile the others get what was seen last."""
    held = _kept
    if held is None:
        with _looking:
            return (_kept or _renewed())[1]
    if time.monotonic() - held[0] > KEPT_SECONDS and _looking.acquire(blocking=False):
        try:
            held = _renewed()
        finally:
            _looking.release()
    return held[1]


def _renewed() -> tuple[float, State]:
    global _kept
    _kept = time.monotonic(), look()
    return _kept


def look() -> State:
    """Ask the database and the server now."""
    engine = engines.engine()
    connection = Connection.from_settings()
    problem, indexed = "", None
    if connection is not None:
        try:
            indexed = _indexed(connection)
        except EngineUnavailableError as error:
            problem = str(error)
    behind = lag.look() if connection else lag.Lag()
    return State(
        engine=engine.name,
        problem=problem,
        pause=engine.breaker.pause if isinstance(engine, GuardedEngine) else 0.0,
        documents=SearchDocument.objects.filter(visible=True).count(),
        indexed=indexed,
        waiting=OutboxEntry.objects.filter(sent_at=None, attempts=0).count() if connection else 0,
        waiting_since=behind.waiting_since,
        refused=behind.refused,
        looked_at=timezone.now(),
    )


def refused() -> list[OutboxEntry]:
    """The latest documents an index did not take; each says why."""
    waiting = OutboxEntry.objects.filter(sent_at__isnull=True, attempts__gt=0)
    return list(waiting.order_by("-id")[:REFUSED_SHOWN])


def _indexed(connection: Connection) -> int:
    with reported():
        alias = live_alias(connection, index.facet_names())
        return number(client(connection), alias)
