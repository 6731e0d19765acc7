"""Comparing the index with the stored documents, and mending what differs."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from elasticsearch import Elasticsearch

from search import index
from search.engines.elasticsearch.connection import Connection, patient
from search.engines.elasticsearch.faults import reported
from search.engines.elasticsearch.mapping import live_alias
from search.engines.elasticsearch.walk import number, walk
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
    """Read both, some at a time; what is changed while this goes on is no difference.

    Raises `EngineUnavailableError`.
    """
    server, alias = patient(connection), live_alias(connection, index.facet_names())
    found, held = Differences(), 0
    with reported():
        # Asked first: a lost part keeps the refresh waiting for longer than we do.
        number(server, alias)
        server.indices.refresh(index=alias)
        for stored in _stored():
            found.documents += len(stored)
            held += _compare_part(server, alias, stored, found)
        if number(server, alias) != held:
            in_any_order = {"sort": [{"_shard_doc": "asc"}]}
            for hits in walk(server, alias, in_any_order, READ_TOGETHER):
                found.surplus += _surplus(server, alias, {hit["_id"] for hit in hits})
    found.waiting = outbox.waiting().filter(attempts=0).values("key").distinct().count()
    for keys in (found.missing, found.outdated, found.surplus):
        keys.sort()
    return found


def _compare_part(server: Elasticsearch, alias: str, stored: Mapping[str, str], found: Differences) -> int:
    """Compare these documents with what the index holds of them; returns how many it holds."""
    # Asked before the index: what the index does not know yet is waiting, or was changed after this.
    waiting = _waiting(stored)
    held = _held(server, alias, list(stored))
    differing = {key for key in stored if held.get(key) != stored[key]} - waiting
    unchanged = {key for key, print_ in _fingerprints(differing).items() if stored[key] == print_}
    found.missing += unchanged - held.keys()
    found.outdated += unchanged & held.keys()
    return len(held)


def _surplus(server: Elasticsearch, alias: str, keys: set[str]) -> set[str]:
    """Those of these keys the index has though there is nothing to be found."""
    gone = keys - _fingerprints(keys).keys()
    if not gone:
        return gone
    waiting = _waiting(gone)
    return _held(server, alias, list(gone)).keys() - waiting - _fingerprints(gone).keys()


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


def _fingerprints(keys: Collection[str]) -> dict[str, str]:
    """Key → fingerprint of those of these documents that are there and visible."""
    rows = SearchDocument.objects.filter(key__in=keys, visible=True)
    return dict(rows.values_list("key", "fingerprint")) if keys else {}


def _waiting(keys: Collection[str]) -> set[str]:
    """Those of these keys whose last change is still to be passed on; the refused ones are not."""
    entries = outbox.waiting().filter(attempts=0, key__in=keys)
    return set(entries.values_list("key", flat=True))


def _held(server: Elasticsearch, alias: str, keys: Sequence[str]) -> dict[str, str]:
    """Key → fingerprint of those of these documents that the index has."""
    answer = server.search(
        index=alias,
        query={"ids": {"values": list(keys)}},
        size=len(keys),
        source=False,
        docvalue_fields=[{"field": "fingerprint"}],
        sort="_doc",
        # What lies in a part that does not answer is not missing.
        allow_partial_search_results=False,
    )
    return {hit["_id"]: hit["fields"]["fingerprint"][0] for hit in answer["hits"]["hits"]}
