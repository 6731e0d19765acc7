"""Passing changes on to Elasticsearch, from the rows that were written in the changes' own transactions."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from search import index
from search.engines.elasticsearch import writing
from search.engines.elasticsearch.connection import Connection
from search.engines.elasticsearch.documents import documents
from search.engines.elasticsearch.writing import Change, IndexGoneError
from search.models import OutboxEntry
from search.types import EngineUnavailableError

logger = logging.getLogger(__name__)

TOGETHER = 200
# A document that was refused is tried again after a minute, then twice as long each time, up to a day.
RETRY_SECONDS = 60
LONGEST_RETRY = 24 * 60 * 60
CHUNK = 1000
# How often a server that stays away is mentioned in the log.
REMINDER_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Passed:
    """How many changes were passed on, and how many documents were refused."""

    sent: int = 0
    refused: int = 0


def waiting() -> QuerySet[OutboxEntry]:
    """What is still to be passed on, the oldest first."""
    return OutboxEntry.objects.filter(sent_at__isnull=True).order_by("id")


def pass_on(connection: Connection, limit: int = TOGETHER) -> Passed:
    """Pass the oldest waiting changes on, and make them findable. Safe to run beside another one.

    Raises `EngineUnavailableError` when the server cannot take them; they go on waiting.
    """
    due = Q(retry_at__isnull=True) | Q(retry_at__lte=timezone.now())
    # In this order: what is read here is in the table for a rebuild that begins after `aliases`.
    entries = list(waiting().filter(due)[:limit])
    if not entries:
        return Passed()
    names = writing.aliases(connection)
    bodies = documents([entry.key for entry in entries], index.facet_names())
    changes = [Change(entry.key, entry.pk, bodies.get(entry.key)) for entry in entries]
    try:
        refused = writing.write(connection, names, changes, refresh=True)
    except IndexGoneError:
        # A rebuild has ended in this moment: its index is the one readers search now.
        refused = writing.write(connection, writing.aliases(connection), changes, refresh=True)
    done = [entry.pk for entry in entries if entry.key not in refused]
    mark_sent(done)
    note_refused(changes, refused)
    return Passed(len(done), len(entries) - len(done))


def pass_all_on(connection: Connection) -> Passed:
    """Pass on everything that waits now."""
    sent = refused = 0
    while (passed := pass_on(connection)) != Passed():
        sent, refused = sent + passed.sent, refused + passed.refused
    return Passed(sent, refused)


def mark_sent(entries: Sequence[int]) -> None:
    """Note that these entries have reached the index; newer changes of the same documents go on waiting."""
    for start in range(0, len(entries), CHUNK):
        OutboxEntry.objects.filter(pk__in=entries[start : start + CHUNK]).update(
            sent_at=timezone.now(), error="", attempts=0, retry_at=None
        )


def note_refused(changes: Iterable[Change], reasons: Mapping[str, str]) -> None:
    """Write down why the index did not take these changes, and when to try again.

    A change that another has followed by now is let go: the newer one is waiting.
    """
    now = timezone.now()
    for change in changes:
        if not (reason := reasons.get(change.key)):
            continue
        entry = OutboxEntry.objects.filter(pk=change.version).first()
        if entry is None and change.version:
            continue
        entry = entry or OutboxEntry.objects.create(key=change.key, action=OutboxEntry.Action.STORE)
        seconds = min(RETRY_SECONDS * 2 ** min(entry.attempts, 20), LONGEST_RETRY)
        OutboxEntry.objects.filter(pk=entry.pk).update(
            sent_at=None,
            attempts=F("attempts") + 1,
            retry_at=now + timedelta(seconds=seconds),
            error=reason[:500],
        )
        logger.error(
            "the index refuses the document %s (%s): it is missing from the results until it is changed; "
            "next try in %d s. If many are refused: manage.py rebuild_index", change.key, reason, seconds,
        )  # fmt: skip


def note_blocked(reason: str) -> None:
    """Write down, at the oldest change that waits, why none is taken: readers are told at once that some are
    missing. The mark goes when the change does."""
    oldest = waiting().filter(attempts=0).first()
    if oldest and oldest.error != reason[:500]:
        OutboxEntry.objects.filter(pk=oldest.pk).update(error=reason[:500])


class Courier:
    """Passes changes on again and again, and says in the log when that stops working and works again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.failing_since: float | None = None
        self.mentioned = 0.0

    def __call__(self) -> None:
        """One round: everything that waits. Does nothing where no server is set."""
        connection = Connection.from_settings()
        if connection is None:
            return
        try:
            pass_all_on(connection)
        except EngineUnavailableError as error:
            note_blocked(str(error))
            self._mention(error)
            return
        if self.failing_since is not None:
            logger.warning("Elasticsearch takes changes again; nothing is waiting")
            self.failing_since = None

    def _mention(self, error: EngineUnavailableError) -> None:
        now = self.clock()
        if self.failing_since is None:
            self.failing_since = now
        elif now - self.mentioned < REMINDER_SECONDS:
            return
        self.mentioned = now
        logger.error(
            "changes cannot be passed on to Elasticsearch and wait (%d): %s", waiting().count(), error
        )
