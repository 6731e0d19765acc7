"""What is a document's own fault and what the index's, and what is done where a request is too large."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import override_settings

from search import index
from search.engines.elasticsearch.connection import Connection
from search.engines.elasticsearch.documents import documents
from search.engines.elasticsearch.writing import Change, aliases, write
from search.engines.lag import look
from search.models import OutboxEntry
from search.upkeep.outbox import Courier, Passed, pass_all_on, pass_on
from tests.factories.search import document, store
from tests.fake_servers import Answers, Asked, page, serving

pytestmark = pytest.mark.django_db


@dataclass
class Index(Answers):
    """Has one alias, and answers each written document so; takes no request of more bytes than `limit`."""

    result: dict[str, Any] = field(default_factory=lambda: {"status": 201})
    limit: int = 10**9
    # The keys of each request that was taken.
    taken: list[list[str]] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answers:
        if len(asked.body) > self.limit:
            return page(413, "Request Entity Too Large")
        if "/_bulk" not in asked.path:
            name = asked.path.split("/")[1].split("%2C")[0].split(",")[0]
            return Answers(body=json.dumps({"i": {"aliases": {name: {}}}}))
        lines = [json.loads(line) for line in asked.body.splitlines()]
        keys = [line["index"]["_id"] for line in lines if "index" in line]
        self.taken.append(keys)
        return Answers(body=json.dumps({"items": [{"index": dict(self.result)} for _key in keys]}))


def failing(status: int, kind: str, reason: str = "as told") -> Index:
    return Index(result={"status": status, "error": {"type": kind, "reason": reason}})


def write_titles(titles: Sequence[str]) -> None:
    store(*[document(title, key=f"x:{number}") for number, title in enumerate(titles, start=1)])


@pytest.mark.parametrize(
    ("status", "kind", "told"),
    [
        (403, "security_exception", r"refuses the sign-in.*rights \(manage, read and write"),
        (401, "security_exception", "refuses the sign-in"),
        (400, "index_closed_exception", "closed.*open it"),
        (403, "cluster_block_exception", "read-only.*free space"),
        (503, "cluster_block_exception", "still starting"),
        (429, "es_rejected_execution_exception", "load"),
        (503, "unavailable_shards_exception", "load"),
        (500, "document_parsing_exception", "load"),
        (400, "illegal_argument_exception", "several indices"),
        (404, "index_not_found_exception", "rebuild_index"),
        (400, "an_exception_of_tomorrow", "an_exception_of_tomorrow: no write index .*server's log"),
    ],
)
def test_courier__what_every_document_would_meet_is_no_documents_fault(
    status: int, kind: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    write_titles(["Kopi", "Teh"])
    with (
        serving(failing(status, kind, "no write index for [x]")) as server,
        override_settings(ELASTICSEARCH_URL=server.url),
    ):
        Courier()()
    (line,) = caplog.messages
    assert re.match(rf"changes cannot be passed on to Elasticsearch and wait \(2\): .*{told}", line)
    assert look().refused == 0
    assert look().waiting_since
    assert not OutboxEntry.objects.exclude(attempts=0, retry_at=None).exists()


@pytest.mark.parametrize(
    "kind",
    [
        "document_parsing_exception",
        "mapper_parsing_exception",
        "strict_dynamic_mapping_exception",
        "illegal_argument_exception",
    ],
)
def test_courier__what_a_document_has_brought_upon_itself_is_refused(kind: str) -> None:
    write_titles(["Kopi"])
    with serving(failing(400, kind)) as server:
        assert pass_on(Connection(server.url)) == Passed(0, 1)
    assert OutboxEntry.objects.get().error == f"{kind} – as told"


def test_strict_mapping__refuses_a_field_that_nobody_declared(elasticsearch: Connection) -> None:
    write_titles(["Kopi", "Teh", "Susu"])
    bodies = documents(["x:1", "x:2", "x:3"], index.facet_names())
    bodies["x:1"]["colour"] = "brown"
    bodies["x:2"]["facets"]["colour"] = ["brown"]
    changes = [Change(key, 10**9, body) for key, body in bodies.items()]
    refused = write(elasticsearch, aliases(elasticsearch), changes)
    assert refused.keys() == {"x:1", "x:2"}
    assert all(reason.startswith("strict_dynamic_mapping_exception") for reason in refused.values())


def test_courier__a_request_that_a_proxy_finds_too_large_is_halved() -> None:
    write_titles([f"Kopi {number}" for number in range(8)])
    with serving(Index(limit=2500)) as server:
        assert pass_all_on(Connection(server.url)) == Passed(8, 0)
    sent = [key for keys in server.taken for key in keys]
    assert sorted(sent) == [f"x:{number}" for number in range(1, 9)]
    assert 1 < len(server.taken) < 8


def test_courier__one_document_that_is_too_large_waits_alone(caplog: pytest.LogCaptureFixture) -> None:
    write_titles(["Kopi", "Teh", "Susu " * 500, "Gula"])
    with serving(Index(limit=2500)) as server:
        assert pass_all_on(Connection(server.url)) == Passed(3, 1)
    entry = OutboxEntry.objects.get(sent_at=None)
    assert (entry.key, entry.attempts) == ("x:3", 1)
    assert "raise the proxy's limit (client_max_body_size) to 10 MB" in entry.error
    (line,) = caplog.messages
    assert "client_max_body_size" in line
