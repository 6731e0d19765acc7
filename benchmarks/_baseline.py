"""What Elasticsearch finds by itself: its own analyzer for Indonesian and its usual query."""

from collections.abc import Iterable, Mapping

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from search.models import SearchDocument
from search.types import Hit, Query, Results

FIELDS = ("title", "keywords", "summary")
WEIGHTED = ["title^3", "keywords^2", "summary"]
ANALYZER = "indonesian"


class Baseline:
    """Answers words with the likest documents; knows neither filters nor pages."""

    name = "baseline"

    def __init__(self, server: Elasticsearch, index: str) -> None:
        self.server = server
        self.index = index

    def fill(self) -> None:
        """Make the index from the stored documents."""
        fields = {name: {"type": "text", "analyzer": ANALYZER} for name in FIELDS}
        self.server.indices.create(
            index=self.index, mappings={"properties": fields}, settings={"number_of_replicas": 0}
        )
        rows = SearchDocument.objects.filter(visible=True)
        bulk(self.server, map(self._action, rows), refresh=True)

    def search(self, query: Query) -> Results:
        words = {
            "multi_match": {"query": query.text, "fields": WEIGHTED, "type": "best_fields", "operator": "or"}
        }
        answer = self.server.search(
            index=self.index, query=words, size=query.page_size, source=["title"], track_total_hits=True
        )
        found = answer["hits"]
        return Results(tuple(_hit(one) for one in found["hits"]), found["total"]["value"], engine=self.name)

    def _action(self, row: SearchDocument) -> dict[str, object]:
        texts = {name: _joined(row.texts.get(name, {}).values()) for name in FIELDS}
        return {"_index": self.index, "_id": row.key, **texts}


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _hit(one: Mapping) -> Hit:
    return Hit(
        key=one["_id"],
        type="",
        object_id=0,
        title=one["_source"]["title"],
        snippet="",
        language="",
        score=one["_score"],
        near=False,
        data={},
    )
