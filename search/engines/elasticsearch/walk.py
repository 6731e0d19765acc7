"""Everything a search finds, however much, as the index was at the beginning."""

from collections.abc import Iterator
from typing import Any

from elasticsearch import Elasticsearch

KEEP = "5m"


def walk(server: Elasticsearch, alias: str, body: dict[str, Any], together: int) -> Iterator[list[Any]]:
    """The hits of a sorted search, `together` at a time. Raises what the client raises."""
    opened = server.open_point_in_time(index=alias, keep_alive=KEEP)["id"]
    try:
        request = {
            **body,
            "pit": {"id": opened, "keep_alive": KEEP},
            "size": together,
            "source": False,
            "track_total_hits": False,
        }
        while hits := server.search(**request)["hits"]["hits"]:
            yield hits
            request["search_after"] = hits[-1]["sort"]
    finally:
        server.close_point_in_time(id=opened)
