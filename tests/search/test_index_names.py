"""What happens when somebody else's index has got the name readers search under."""

from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from search import index
from search.engines.elasticsearch.connection import Connection, patient
from search.engines.elasticsearch.mapping import indices, live_alias
from search.models import OutboxEntry
from search.types import EngineUnavailableError
from search.upkeep import check, outbox
from search.upkeep.rebuild import rebuild
from tests.factories.search import document, store

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.elasticsearch]


@pytest.fixture
def alias(elasticsearch: Connection) -> str:
    return live_alias(elasticsearch, index.facet_names())


@pytest.fixture
def server(elasticsearch: Connection) -> Elasticsearch:
    return patient(elasticsearch)


@pytest.fixture
def foreign(elasticsearch: Connection, server: Elasticsearch) -> Iterator[str]:
    name = f"{elasticsearch.index}-foreign"
    server.options(ignore_status=404).indices.delete(index=name)
    server.indices.create(index=name)
    yield name
    server.indices.delete(index=name)


def test_shared_name__changes_wait_and_a_rebuild_takes_the_name_back(
    elasticsearch: Connection, server: Elasticsearch, alias: str, foreign: str
) -> None:
    server.index(index=foreign, id="x", document={"title": "kopi"}, refresh=True)
    server.indices.put_alias(index=foreign, name=alias)
    store(document("Kopi"))
    with pytest.raises(EngineUnavailableError, match="rebuild_index"):
        outbox.pass_all_on(elasticsearch)
    # Not the document's fault: none is set aside as refused, so that readers are told of the delay.
    assert list(OutboxEntry.objects.values_list("attempts", "sent_at")) == [(0, None)]
    rebuild(elasticsearch)
    assert check.compare(elasticsearch).keys == []
    assert set(server.indices.get_alias(name=alias)) == set(indices(server, elasticsearch.index))
    # It lost the name, nothing else.
    assert server.count(index=foreign)["count"] == 1


def test_taken_name__is_told(elasticsearch: Connection, server: Elasticsearch, alias: str) -> None:
    for name in indices(server, elasticsearch.index):
        server.indices.delete(index=name)
    server.indices.create(index=alias)
    try:
        with pytest.raises(EngineUnavailableError, match="delete it"):
            rebuild(elasticsearch)
    finally:
        server.indices.delete(index=alias)
