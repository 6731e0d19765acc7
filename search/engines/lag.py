"""How far an outside index is behind the stored documents."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from search.models import OutboxEntry

FAR = timedelta(minutes=1)
# One look serves a process for so long.
KEPT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Lag:
    """Since when the oldest change waits, how many documents the index has refused, and whether it takes no
    change at all."""

    waiting_since: datetime | None = None
    refused: int = 0
    blocked: bool = False

    @property
    def is_incomplete(self) -> bool:
        """Whether changes are missing for longer than passing them on takes."""
        return self.blocked or self.refused > 0

    @property
    def is_far_behind(self) -> bool:
        return self.waiting_since is not None and timezone.now() - self.waiting_since > FAR


_kept: tuple[float, Lag] = (float("-inf"), Lag())


def look() -> Lag:
    """Read it now: two statements over the few rows that wait."""
    waiting = OutboxEntry.objects.filter(sent_at__isnull=True)
    refused = waiting.filter(attempts__gt=0).count()
    oldest = waiting.filter(attempts=0).order_by("id").values_list("created_at", "error").first()
    since, why = oldest or (None, "")
    return Lag(since, refused, bool(why))


def lag() -> Lag:
    """As of at most `KEPT_SECONDS` ago."""
    global _kept
    looked, found = _kept
    if time.monotonic() - looked > KEPT_SECONDS:
        found = look()
        _kept = time.monotonic(), found
    return found
