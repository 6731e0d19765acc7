"""The Elasticsearch of benchmarks, and a bare way to speak to it."""

import contextlib
import http.client
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.test import override_settings

from scripts.elasticsearch_server import Server
from search.engines.elasticsearch.connection import Connection, patient
from search.engines.elasticsearch.mapping import indices

# What is measured must not be cut short: a slow answer is a figure too.
TIMEOUT = 60.0


def address() -> str:
    """That of TEST_ELASTICSEARCH_URL or ELASTICSEARCH_URL; nothing where neither names one."""
    return (os.environ.get("TEST_ELASTICSEARCH_URL") or os.environ.get("ELASTICSEARCH_URL", "")).rstrip("/")


@contextlib.contextmanager
def server(heap: str, folder: Path | None = None) -> Iterator[str]:
    """The address of the server there is; where there is none, of one started for this benchmark, which
    leaves its data in `folder` for the next time."""
    if url := address():
        yield url
        return
    with Server(heap=heap, folder=folder) as own:
        yield own.url
        own.stop()


@contextlib.contextmanager
def portal_on(url: str, timeout: float = TIMEOUT, kept: str = "") -> Iterator[Connection]:
    """The portal's settings name this server, and indices of our own that are removed at the end; those under
    the name `kept` stay."""
    name = kept or f"benchmark-{os.getpid()}"
    with override_settings(ELASTICSEARCH_URL=url, ELASTICSEARCH_INDEX=name, ELASTICSEARCH_TIMEOUT=timeout):
        connection = Connection.from_settings()
        assert connection is not None
        try:
            yield connection
        finally:
            for index in () if kept else indices(patient(connection), name):
                patient(connection).indices.delete(index=index)


class Bare:
    """One kept connection; what is asked and answered are bytes, unread."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)

    def post(self, path: str, lines: bytes) -> bytes:
        """Send NDJSON. Raises where the answer is no success."""
        self._connection.request("POST", path, lines, {"Content-Type": "application/x-ndjson"})
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")
        return body
