"""A rebuild of the index, and the least it could take: the same lines sent by a bare client."""

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from threading import local

import orjson
from elasticsearch.helpers import expand_action

from benchmarks._elasticsearch import Bare
from search import index
from search.engines.elasticsearch import mapping, writing
from search.engines.elasticsearch.connection import Connection, patient
from search.upkeep import rebuild as rebuilding

MERGES_SECONDS = 600.0


def rebuild_rates(connection: Connection) -> None:
    """Prints both rates; readers then have the rebuilt index, and its segments are merged."""
    began = time.perf_counter()
    documents = rebuilding.rebuild(connection).written
    full = documents / (time.perf_counter() - began)
    bare = documents / _bare_seconds(connection)
    _wait_for_merges(connection)
    print(f"rebuild {full:,.0f} documents/s, bare bulk {bare:,.0f} documents/s, ratio {full / bare:.2f}")


def _bare_seconds(connection: Connection) -> float:
    """How long the lines of a rebuild take that are made beforehand, by as many senders."""
    server = patient(connection)
    name = mapping.new_index(mapping.live_alias(connection, index.facet_names()))
    server.indices.create(
        index=name,
        mappings=mapping.mapping(index.facet_names()).to_dict(),
        settings=mapping.while_filling(connection, rebuilding.total()),
    )
    own = local()

    def send(lines: bytes) -> None:
        if not hasattr(own, "bare"):
            own.bare = Bare(connection.url)
        answer = own.bare.post(f"/{name}/_bulk", lines)
        if b'"errors":false' not in answer[:100]:
            raise RuntimeError(answer[:300])

    with tempfile.TemporaryFile() as file:
        sizes = []
        for lines in _batches(name):
            sizes.append(len(lines))
            file.write(lines)
        file.seek(0)
        began = time.perf_counter()
        with ThreadPoolExecutor(rebuilding.SENDERS) as senders:
            remaining = iter(sizes)
            while some := list(islice(remaining, rebuilding.SENDERS * 10)):
                list(senders.map(send, [file.read(size) for size in some]))
        server.indices.put_settings(index=name, settings=mapping.in_use(connection))
        server.indices.refresh(index=name)
        took = time.perf_counter() - began
    server.indices.delete(index=name)
    return took


def _batches(name: str) -> Iterator[bytes]:
    for batch in rebuilding.batches():
        parts = [part for action in writing.actions(name, batch) for part in expand_action(action)]
        yield b"".join(orjson.dumps(part) + b"\n" for part in parts)


def _wait_for_merges(connection: Connection) -> None:
    """What the server does of itself after much was written is no reader's daily weather."""
    deadline = time.monotonic() + MERGES_SECONDS
    alias = mapping.live_alias(connection, index.facet_names())
    while time.monotonic() < deadline:
        stats = patient(connection).indices.stats(index=alias, metric="merge")
        if not stats["_all"]["total"]["merges"]["current"]:
            return
        time.sleep(1)
