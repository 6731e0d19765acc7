"""Writing to the index: to the one readers search and, during a rebuild, to the one being filled as well.

Every write carries a version, the id of the change's outbox entry: what is older than the index has it is
refused by the server, so that writers need no lock between them. Both names are aliases of one index
each, and required to be: nothing is ever written into an index that nobody has made.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError
from elasticsearch.helpers import streaming_bulk

from search import index
from search.engines.elasticsearch.connection import Connection, patient
from search.engines.elasticsearch.documents import Body
from search.engines.elasticsearch.faults import TOO_LARGE, advice_on, reported
from search.engines.elasticsearch.mapping import building_alias, live_alias
from search.types import EngineUnavailableError

# Answers to one write that mean: it is as it should be.
CONFLICT, NOT_FOUND = 409, 404
TOO_LARGE_STATUS, TURNED_AWAY = 413, 429
# A proxy in front of the server must take so much, and a little more (docs/deployment.md).
CHUNK_BYTES = 8 * 1024 * 1024
# How long the server waits for a part of the index that no node holds: less than we wait for its answer.
PART_SECONDS = 20
# What a document may have brought upon itself. Whatever else an index says would happen to the next one too.
OWN_FAULTS = (
    "document_parsing_exception",
    "illegal_argument_exception",
    "mapper_parsing_exception",
    "strict_dynamic_mapping_exception",
)


class IndexGoneError(EngineUnavailableError):
    """There is no index of a name written to: a rebuild has ended meanwhile, or somebody has removed it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A document to be written, or to be taken out where it has no body, and the change's number."""

    key: str
    version: int
    body: Body | None


def aliases(connection: Connection) -> list[str]:
    """The names to write to now. Raises `EngineUnavailableError` where there is none."""
    live = live_alias(connection, index.facet_names())
    with reported():
        answer = (
            patient(connection)
            .options(ignore_status=404)
            .indices.get_alias(name=[live, building_alias(live)])
        )
        found = sorted(
            {name for entry in answer.values() if isinstance(entry, dict) for name in entry["aliases"]}
        )
    if not found:
        raise EngineUnavailableError("there is no index for this release: run manage.py rebuild_index")
    return found


def write(
    connection: Connection, names: Sequence[str], changes: Sequence[Change], refresh: bool = False
) -> dict[str, str]:
    """Write changes under every name. Returns key → reason of those an index did not take.

    Raises `EngineUnavailableError` where the server or the index takes nothing at all, `IndexGoneError`
    where there is none of a name.
    """
    refused: dict[str, str] = {}
    with reported():
        for name in names:
            refused |= _written(connection, name, changes, refresh)
    return refused


def _written(connection: Connection, name: str, changes: Sequence[Change], refresh: bool) -> dict[str, str]:
    answers = streaming_bulk(
        patient(connection),
        actions(name, changes),
        chunk_size=len(changes) or 1,
        max_chunk_bytes=CHUNK_BYTES,
        raise_on_error=False,
        require_alias=True,
        refresh=refresh,
        timeout=f"{PART_SECONDS}s",
    )
    refused: dict[str, str] = {}
    try:
        for change, (_done, answer) in zip(changes, answers, strict=True):
            if reason := _refusal(answer):
                refused[change.key] = reason
    except ApiError as error:
        if error.meta.status != TOO_LARGE_STATUS:
            raise
        if len(changes) == 1:
            return {changes[0].key: TOO_LARGE}
        # What has arrived already may come again.
        half = len(changes) // 2
        first = _written(connection, name, changes[:half], refresh)
        return first | _written(connection, name, changes[half:], refresh)
    return refused


def actions(name: str, changes: Iterable[Change]) -> Iterator[dict[str, Any]]:
    """The changes as the client's bulk helpers take them."""
    for change in changes:
        action = {
            "_op_type": "delete" if change.body is None else "index",
            "_index": name,
            "_id": change.key,
            "version": change.version,
            "version_type": "external_gte",
        }
        yield action if change.body is None else {**action, "_source": change.body}


def _refusal(answer: Mapping[str, Any]) -> str:
    """Why one document was not taken, or nothing. Raises where no document would be."""
    ((operation, result),) = answer.items()
    status, error = result["status"], result.get("error") or {}
    if status < 300 or status == CONFLICT or (operation == "delete" and status == NOT_FOUND and not error):
        return ""
    kind, reason = str(error.get("type", "")), str(error.get("reason", ""))
    if kind == "illegal_argument_exception" and reason.startswith("no write index"):
        raise EngineUnavailableError("several indices share the index's name: run manage.py rebuild_index")
    if kind == "index_not_found_exception":
        raise IndexGoneError("the index has gone while it was written to: run manage.py rebuild_index")
    if kind not in OWN_FAULTS or status >= 500:
        raise EngineUnavailableError(_advice(status, kind, reason))
    cause = error.get("caused_by") or {}
    return " – ".join(filter(None, (kind, reason, str(cause.get("reason", "")))))[:500]


def _advice(status: int, kind: str, reason: str) -> str:
    """What to do where an index takes no document."""
    if known := advice_on(status, kind):
        return known
    if status == TURNED_AWAY or status >= 500:
        return f"the server turns writes away ({kind}): look at its load and its disk"
    said = " ".join(reason.split())[:200]
    return (
        f"the index takes no change ({status} {kind}: {said}): look at the server's log, or run "
        "manage.py rebuild_index"
    )
