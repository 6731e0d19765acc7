"""What a real server's index holds, and ways to spoil it behind the portal's back."""

from collections.abc import Iterator
from contextlib import contextmanager

from search import index
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.connection import Connection, patient
from search.engines.elasticsearch.mapping import indices, live_alias, mapping, new_index
from search.types import Query


def alias(connection: Connection) -> str:
    """The name readers search under."""
    return live_alias(connection, index.facet_names())


def found(text: str = "") -> set[str]:
    """The keys readers find in Elasticsearch alone."""
    return {hit.key for hit in ElasticsearchEngine().search(Query(text, page_size=100)).hits}


def held(connection: Connection) -> dict[str, str]:
    """Key → stems of the title of everything the index has."""
    server = patient(connection)
    server.indices.refresh(index=alias(connection))
    hits = server.search(index=alias(connection), size=1000)["hits"]["hits"]
    return {hit["_id"]: hit["_source"]["title"] for hit in hits}


def put(connection: Connection, key: str, body: dict[str, object] | None) -> None:
    """Write a document, or take it out."""
    server = patient(connection)
    if body is None:
        server.delete(index=alias(connection), id=key, refresh=True)
    else:
        server.index(index=alias(connection), id=key, document=body, refresh=True)


def remove_indices(connection: Connection) -> None:
    server = patient(connection)
    for name in indices(server, connection.index):
        server.indices.delete(index=name)


def make_half_readable(connection: Connection) -> None:
    """Readers' index is an empty one of two parts, of which only one is on any node."""
    remove_indices(connection)
    server, name = patient(connection), new_index(alias(connection))
    server.indices.create(
        index=name,
        aliases={alias(connection): {}},
        mappings=mapping(index.facet_names()).to_dict(),
        settings={
            "number_of_shards": 2,
            "number_of_replicas": 0,
            "index.routing.allocation.total_shards_per_node": 1,
        },
        wait_for_active_shards="0",
    )
    server.cluster.health(index=name, wait_for_active_shards="1")


@contextmanager
def refusing(connection: Connection) -> Iterator[None]:
    """Every index of ours, those made from now on too, refuses what is titled “tolak”."""
    server, name = patient(connection), f"{connection.index}-refusing"
    spoil = {"if": "ctx.sort_title.startsWith('tolak')", "field": "evidence", "value": "no number"}
    server.ingest.put_pipeline(id=name, processors=[{"set": spoil}])
    server.indices.put_index_template(
        name=name,
        index_patterns=[f"{connection.index}-*"],
        template={"settings": {"index.default_pipeline": name}},
        priority=500,
    )
    for one in indices(server, connection.index):
        server.indices.put_settings(index=one, settings={"index.default_pipeline": name})
    try:
        yield
    finally:
        server.indices.delete_index_template(name=name)
        mend(connection)
        server.ingest.delete_pipeline(id=name)


def mend(connection: Connection) -> None:
    """The indices refuse nothing any more."""
    server = patient(connection)
    for name in indices(server, connection.index):
        server.indices.put_settings(index=name, settings={"index.default_pipeline": "_none"})
