"""Everything a search finds, however much, as the index was at the beginning; and how much there is."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from elastic_transport import ApiError, TransportError
from elasticsearch import Elasticsearch

from search.engines.elasticsearch.faults import whole

KEEP = "5m"


def walk(server: Elasticsearch, alias: str, body: dict[str, Any], together: int) -> Iterator[list[Any]]:
    """The hits of a sorted search, `together` at a time. Raises what the client raises."""
    opened = server.open_point_in_time(index=alias, keep_alive=KEEP)["id"]
    request = {
        **body,
        "pit": {"id": opened, "keep_alive": KEEP},
        "size": together,
        "source": False,
        "track_total_hits": False,
        "allow_partial_search_results": False,
    }
    # A server that has just failed is not asked to tidy up as well: that would keep the reader waiting
    # for a second failure. It forgets by itself.
    while hits := server.search(**request)["hits"]["hits"]:
        yield hits
        request["search_after"] = hits[-1]["sort"]
    with suppress(ApiError, TransportError):
        server.close_point_in_time(id=opened)


def number(server: Elasticsearch, alias: str) -> int:
    """How many documents the index holds. Raises what the client raises, and `EngineUnavailableError` where
    a part of the index does not answer."""
    return int(whole(server.count(index=alias).body)["count"])
