"""The engine that needs nothing but the database: FTS5 on SQLite, `tsvector` on PostgreSQL."""

from search.engines.database.engine import DatabaseEngine

__all__ = ["DatabaseEngine"]
