"""The engine for many readers and many documents: Elasticsearch, fed from the outbox."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
