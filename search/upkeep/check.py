"""Comparing the index with the stored documents, and mending what differs."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from elasticsearch import Elasticsearch

from search import index
from search.engines.elasticsearch.connection import Connection, patient
from search.engines.elasticsearch.faults import reported
from search.engines.elasticsearch.mapping import live_alias
from search.engines.elasticsearch.walk import walk
from search.models import OutboxEntry, SearchDocument
from search.types import EngineUnavailableError
from search.upkeep import outbox

logger = logging.getLogger(__name__)

READ_TOGETHER = 2000


@dataclass(slots=True)
class Differences:
    """Keys of documents the index lacks, has in another state, or has though they are gone or hidden.

    `documents` is how many there should be; `waiting` how many changes are still to be passed on, which
    count as no difference.
    """

    documents: int = 0
    waiting: int = 0
    missing: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        return [*self.missing, *self.outdated, *self.surplus]


def compare(connection: Connection) -> Differences:
    """Read both, some at a time. Raises `EngineUnavailableError`."""
    server, alias = patient(connection), live_alias(connection, index.facet_names())
    found = Differences()
    with reported():
        server.indices.refresh(index=alias)
        for stored in _stored():
            found.documents += len(stored)
            held = _held(server, alias, list(stored))
            found.missing += stored.keys() - held.keys()
            found.outdated += [key for key, print_ in held.items() if stored[key] != print_]
        expected = found.documents - len(found.missing)
        if server.count(index=alias)["count"] != expected:
            in_any_order = {"sort": [{"_shard_doc": "asc"}]}
            for hits in walk(server, alias, in_any_order, READ_TOGETHER):
                held_here = {hit["_id"] for hit in hits}
                shown = SearchDocument.objects.filter(key__in=held_here, visible=True).values_list(
                    "key", flat=True
                )
                found.surplus += held_here.difference(shown)
    # Asked last: what was changed while this went on is waiting, or was passed on and is no difference.
    waiting = set(outbox.waiting().filter(attempts=0).values_list("key", flat=True))
    found.waiting = len(waiting)
    for keys in (found.missing, found.outdated, found.surplus):
        keys[:] = sorted(set(keys) - waiting)
    return found


def put_back_in_outbox(keys: Iterable[str]) -> None:
    """Have these documents passed on once more."""
    for key in keys:
        with transaction.atomic():
            there = SearchDocument.objects.filter(key=key, visible=True).exists()
            action = OutboxEntry.Action.STORE if there else OutboxEntry.Action.REMOVE
            index.put_in_outbox(key, action)


def check_and_repair() -> None:
    """Once a day by the worker: what differs is passed on anew, and the log says what it was."""
    connection = Connection.from_settings()
    if connection is None:
        return
    try:
        found = compare(connection)
    except EngineUnavailableError as error:
        logger.error("the search index could not be checked: %s", error)
        return
    if found.keys:
        logger.error(
            "the search index differed from the stored documents: %d missing, %d outdated, %d too many; "
            "they are passed on anew. Should that come again: manage.py rebuild_index",
            len(found.missing), len(found.outdated), len(found.surplus),
        )  # fmt: skip
        put_back_in_outbox(found.keys)


def _stored() -> Iterator[dict[str, str]]:
    """Key → fingerprint of all visible documents."""
    rows = SearchDocument.objects.filter(visible=True).order_by("pk")
    last = 0
    while part := list(rows.filter(pk__gt=last).values_list("pk", "key", "fingerprint")[:READ_TOGETHER]):
        yield {key: print_ for _pk, key, print_ in part}
        last = part[-1][0]


def _held(server: Elasticsearch, alias: str, keys: Sequence[str]) -> dict[str, str]:
    """Key → fingerprint of those of these documents that the index has."""
    answer = server.search(
        index=alias,
        query={"ids": {"values": list(keys)}},
        size=len(keys),
        source=False,
        docvalue_fields=[{"field": "fingerprint"}],
        sort="_doc",
    )
    return {hit["_id"]: hit["fields"]["fingerprint"][0] for hit in answer["hits"]["hits"]}
