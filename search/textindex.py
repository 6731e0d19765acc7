"""The table with the analysed text: FTS5 on SQLite, `tsvector` on PostgreSQL, the same columns on both.

`rowid` is the id of a `SearchDocument`; one column of stems for each of `TEXT_FIELDS`. No Django model:
the one is a virtual table, the other has a type of its own. Only visible documents have a row.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from search.types import TEXT_FIELDS

TABLE = "search_text"
# The fields that say what a document is about; the body only mentions things.
HEAD = ("title", "keywords", "summary")
# PostgreSQL's labels for the weights of `TEXT_FIELDS`, and the gap that keeps phrases inside a field.
_LABELS = "ABCD"
_FIELD_GAP = 20
_MAX_POSITION = 16_000
# No document counts more stems than this in one field; the rest of a very long text is not searched.
MAX_STEMS = {"title": 200, "keywords": 400, "summary": 800, "body": 5_000}

_SQLITE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5({', '.join(TEXT_FIELDS)}, "
    "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")",
)
_POSTGRESQL = (
    f"CREATE TABLE {TABLE} (rowid bigint PRIMARY KEY, {', '.join(f'{name} text' for name in TEXT_FIELDS)}, "
    "head tsvector NOT NULL, vector tsvector NOT NULL)",
    f"CREATE INDEX {TABLE}_head ON {TABLE} USING gin (head)",
    f"CREATE INDEX {TABLE}_vector ON {TABLE} USING gin (vector)",
)


def create(database: BaseDatabaseWrapper) -> None:
    """Make the table; called by a migration."""
    with database.cursor() as cursor:
        for statement in _POSTGRESQL if database.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def drop(database: BaseDatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def put(rowid: int, stems: Mapping[str, Sequence[str]]) -> None:
    """Write one document's stems, whether or not a row exists."""
    delete([rowid])
    columns = {name: stems.get(name, ())[: MAX_STEMS[name]] for name in TEXT_FIELDS}
    names = ["rowid", *TEXT_FIELDS]
    values: list[Any] = [rowid, *(" ".join(found) for found in columns.values())]
    marks = ["%s"] * len(values)
    if connection.vendor == "postgresql":
        names += ["head", "vector"]
        values += [_vector(columns, HEAD), _vector(columns, TEXT_FIELDS)]
        marks += ["%s::tsvector"] * 2
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} ({', '.join(names)}) VALUES ({', '.join(marks)})",  # noqa: S608
            values,
        )


def delete(rowids: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(rowid,) for rowid in rowids])  # noqa: S608


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


def read(rowids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The stems of some documents by field, as stored: words divided by blanks."""
    if not rowids:
        return {}
    numbers = ",".join(str(int(rowid)) for rowid in rowids)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid, {', '.join(TEXT_FIELDS)} FROM {TABLE} WHERE rowid IN ({numbers})")  # noqa: S608
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}


def _vector(columns: Mapping[str, Sequence[str]], fields: Sequence[str]) -> str:
    """A tsvector in its written form. Stems hold letters, digits and `_` only, so quoting is safe."""
    places: dict[str, list[str]] = {}
    position = 1
    for label, name in zip(_LABELS, TEXT_FIELDS, strict=True):
        if name not in fields:
            continue
        for stem in columns[name]:
            places.setdefault(stem, []).append(f"{min(position, _MAX_POSITION)}{label}")
            position += 1
        position += _FIELD_GAP
    # PostgreSQL keeps 255 places of a word.
    return " ".join(f"'{stem}':{','.join(found[:255])}" for stem, found in places.items())
