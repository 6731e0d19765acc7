"""A reader's search is counted, once it is clear what the page shows."""

import logging
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from cms.crawlers import is_program
from search.insight import storage
from search.insight.buffer import Buffer, Search
from search.insight.texts import keepable
from search.types import Results

logger = logging.getLogger(__name__)

# One of each process.
buffer = Buffer(storage.write)


def record(
    request: HttpRequest,
    place: str,
    text: str,
    filters: Mapping[str, Sequence[str]],
    page: int,
    results: Results | None,
) -> None:
    """Count a search in memory. Takes no time to speak of, asks no database where there is no session, and
    raises nothing.

    Only the first page counts, of searches with words or filters, by people who are not signed in: who works
    on the portal looks for other things than who reads it.
    """
    try:
        if results is None or page != 1 or not (text or filters) or not _by_reader(request):
            return
        buffer.add(
            Search(
                day=timezone.localdate(),
                place=place,
                text=keepable(text),
                values=[(facet, value) for facet, values in filters.items() for value in values],
                # With filters, nothing found is no sign of a missing topic.
                results=None if filters or not text else results.total,
                near=results.near_total,
                suggested=bool(results.suggestion),
            )
        )
    except Exception:
        # Whatever is wrong with counting, the reader has searched and gets an answer.
        logger.exception("a search was not counted")


def _by_reader(request: HttpRequest) -> bool:
    headers = request.headers
    ahead = "prefetch" in f"{headers.get('sec-purpose', '')} {headers.get('purpose', '')}".lower()
    return (
        request.method == "GET"
        and not getattr(request, "is_preview", False)
        and not ahead
        and not is_program(headers.get("user-agent", ""))
        and not _signed_in(request)
    )


def _signed_in(request: HttpRequest) -> bool:
    # Looking at the user makes the answer one for this session alone; few readers have one.
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
