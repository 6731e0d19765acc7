"""Filling a new index from the stored documents beside the one in use, and changing over at the end."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from elasticsearch import Elasticsearch

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
        waiting = list(outbox.waiting().values_list("pk", flat=True))
        rebuilt = _fill(connection, building, advance)
        with reported():
            server.indices.put_settings(index=name, settings=mapping.in_use(connection))
            server.indices.refresh(index=name)
            _change_over(server, live, building, name)
            _remove_all_but(live, server, mapping.indices(server, connection.index))
    except BaseException as failure:
        if not _is_there(server, name, building):
            raise RebuildFailedError("another rebuild has begun and goes on in this one's place") from failure
        server.options(ignore_status=404).indices.delete(index=name)
        raise
    # All these were in the table when it was read.
    outbox.mark_sent(waiting)
    return rebuilt


def _create(server: Elasticsearch, connection: Connection, name: str, building: str) -> None:
    server.indices.create(
        index=name,
        mappings=mapping.mapping(index.facet_names()).to_dict(),
        settings=mapping.while_filling(connection),
        aliases={building: {}},
    )


def _fill(connection: Connection, building: str, advance: Callable[[int], object]) -> Rebuilt:
    written, refused = 0, 0
    under_way: deque[tuple[int, Future[dict[str, str]]]] = deque()

    def finish_one() -> None:
        nonlocal written, refused
        size, future = under_way.popleft()
        reasons = future.result()
        if len(reasons) == size:
            key, reason = next(iter(reasons.items()))
            raise RebuildFailedError(f"the server refuses every document, the first {key}: {reason}")
        outbox.note_refused(reasons)
        written, refused = written + size - len(reasons), refused + len(reasons)
        advance(size)

    with ThreadPoolExecutor(SENDERS) as senders:
        for batch in _batches():
            under_way.append((len(batch), senders.submit(writing.write, connection, [building], batch)))
            if len(under_way) > SENDERS:
                finish_one()
        while under_way:
            finish_one()
    return Rebuilt(written, refused)


def _batches() -> Iterator[list[Change]]:
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
    for name, aliases in indices.items():
        if live not in aliases:
            server.options(ignore_status=404).indices.delete(index=name)


def _is_there(server: Elasticsearch, name: str, building: str) -> bool:
    """Whether this rebuild's index is still there; yes where that cannot be learnt."""
    try:
        with reported():
            return bool(server.indices.exists(index=name))
    except EngineUnavailableError:
        return True
