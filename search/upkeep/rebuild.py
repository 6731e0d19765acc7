"""Filling a new index from the stored documents beside the one in use, and changing over at the end."""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from elasticsearch import Elasticsearch, NotFoundError

from search import index
from search.engines.elasticsearch import mapping, writing
from search.engines.elasticsearch.connection import Connection, patient
from search.engines.elasticsearch.documents import COLUMNS, from_rows
from search.engines.elasticsearch.faults import reported
from search.engines.elasticsearch.writing import Change
from search.models import OutboxEntry, SearchDocument
from search.types import EngineUnavailableError
from search.upkeep import outbox

READ_TOGETHER = 500
# While the server indexes one batch the next is read and another sent.
SENDERS = 2
# How long a rebuild that has failed tries to tidy up.
ABANDON_SECONDS = 10

logger = logging.getLogger(__name__)


class RebuildFailedError(Exception):
    """The new index could not be completed; readers go on with the old one."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many documents the new index has, and how many it refused (`OutboxEntry.error` says why)."""

    written: int
    refused: int


def total() -> int:
    """How many documents a rebuild writes."""
    return SearchDocument.objects.filter(visible=True).count()


def rebuild(connection: Connection, advance: Callable[[int], object] = lambda number: None) -> Rebuilt:
    """Build a new index, then let readers search it instead of the old one.

    What changes meanwhile is written to the new index too (`search.upkeep.outbox`). Interrupted or failed,
    it leaves readers the old index and takes the new one away; of two at the same time the later goes on.
    Raises `EngineUnavailableError` or `RebuildFailedError`. `advance` hears of every batch how many.
    """
    live = mapping.live_alias(connection, index.facet_names())
    building, name = mapping.building_alias(live), mapping.new_index(live)
    server = patient(connection)
    with reported():
        # Of this release's indices only: an older release may still be searching its own.
        _remove_all_but(live, server, mapping.indices(server, live))
        _create(server, connection, name, building)
    try:
        with reported():
            _give_way_to_a_later_one(server, live, building, name)
        waiting = list(outbox.waiting().values_list("pk", "key"))
        written, refused = _fill(connection, building, advance)
        with reported():
            server.indices.put_settings(index=name, settings=mapping.in_use(connection))
            server.indices.refresh(index=name)
            _change_over(server, live, building, name)
    except BaseException as failure:
        if _abandon(connection, live, name):
            raise
        raise RebuildFailedError("another rebuild has begun and goes on in this one's place") from failure
    # All these were in the table when it was read.
    outbox.mark_sent([number for number, key in waiting if key not in refused])
    try:
        with reported():
            _remove_all_but(live, server, mapping.indices(server, connection.index))
    except EngineUnavailableError as error:
        logger.warning("indices of older releases are left for the next rebuild to remove: %s", error)
    return Rebuilt(written, len(refused))


def _create(server: Elasticsearch, connection: Connection, name: str, building: str) -> None:
    server.indices.create(
        index=name,
        mappings=mapping.mapping(index.facet_names()).to_dict(),
        settings=mapping.while_filling(connection, total()),
        aliases={building: {}},
    )


def _give_way_to_a_later_one(server: Elasticsearch, live: str, building: str, name: str) -> None:
    """Of rebuilds that began in the same moment one goes on: nothing can be written under a name that two
    indices have."""
    others = [
        other
        for other, aliases in mapping.indices(server, live).items()
        if building in aliases and other != name
    ]
    if any(other > name for other in others):
        server.options(ignore_status=404).indices.delete(index=name)
        raise RebuildFailedError("another rebuild has begun")
    for other in others:
        _take_away(server, other, building)


def _fill(
    connection: Connection, building: str, advance: Callable[[int], object]
) -> tuple[int, frozenset[str]]:
    """Write all documents. Returns how many, and the keys of those the server refused."""
    written, refused = 0, set[str]()
    under_way: deque[tuple[list[Change], Future[dict[str, str]]]] = deque()

    def finish_one() -> None:
        nonlocal written
        batch, future = under_way.popleft()
        reasons = future.result()
        written += len(batch) - len(reasons)
        if reasons and not written:
            key, reason = next(iter(reasons.items()))
            raise RebuildFailedError(f"the server refuses every document, the first {key}: {reason}")
        outbox.note_refused(batch, reasons)
        refused.update(reasons)
        advance(len(batch))

    with ThreadPoolExecutor(SENDERS) as senders:
        for batch in batches():
            under_way.append((batch, senders.submit(writing.write, connection, [building], batch)))
            if len(under_way) > SENDERS:
                finish_one()
        while under_way:
            finish_one()
    return written, frozenset(refused)


def batches() -> Iterator[list[Change]]:
    """All visible documents, each with the number of its last change."""
    facets = index.facet_names()
    change = OutboxEntry.objects.filter(key=OuterRef("key")).order_by("-id").values("id")[:1]
    rows = SearchDocument.objects.filter(visible=True).annotate(change=Subquery(change)).order_by("pk")
    last = 0
    while part := list(rows.filter(pk__gt=last).values_list(*COLUMNS, "change")[:READ_TOGETHER]):
        bodies = from_rows([row[:-1] for row in part], facets)
        yield [Change(key, row[-1] or 0, body) for row, (key, body) in zip(part, bodies.items(), strict=True)]
        last = part[-1][0]


def _change_over(server: Elasticsearch, live: str, building: str, name: str) -> None:
    """In one step: readers never find no index, nor two. An index of somebody else's that has got the name
    loses it and stays."""
    old = [other for other, names in mapping.indices(server, live).items() if live in names]
    named = server.options(ignore_status=404).indices.get_alias(name=live)
    foreign = [other for other, entry in named.items() if isinstance(entry, dict) and other not in old]
    actions: Sequence[dict[str, Any]] = [
        {"remove": {"index": name, "alias": building, "must_exist": True}},
        {"add": {"index": name, "alias": live}},
        *({"remove": {"index": other, "alias": live}} for other in foreign),
        *({"remove_index": {"index": other}} for other in old),
    ]
    server.indices.update_aliases(actions=actions)


def _remove_all_but(live: str, server: Elasticsearch, indices: dict[str, list[str]]) -> None:
    """Take away what interrupted rebuilds or older releases have left."""
    building = mapping.building_alias(live)
    for name, aliases in indices.items():
        if building in aliases:
            _take_away(server, name, building)
        elif live not in aliases:
            server.options(ignore_status=404).indices.delete(index=name)


def _take_away(server: Elasticsearch, name: str, building: str) -> None:
    """Remove another rebuild's index, unless readers search it by now."""
    action = {"remove": {"index": name, "alias": building, "must_exist": True}}
    try:
        # From here on that rebuild cannot change over any more.
        server.indices.update_aliases(actions=[action])
    except NotFoundError:
        return
    server.options(ignore_status=404).indices.delete(index=name)


def _abandon(connection: Connection, live: str, name: str) -> bool:
    """Take the unfinished index away, or leave that to the next rebuild where the server does not answer.

    False where it is gone already: another rebuild has done so.
    """
    server = patient(connection, ABANDON_SECONDS)
    try:
        with reported():
            aliases = mapping.indices(server, live).get(name)
            # What readers search already stays, whatever went wrong afterwards.
            if aliases is not None and live not in aliases:
                server.options(ignore_status=404).indices.delete(index=name)
            return aliases is not None
    except EngineUnavailableError:
        return True
