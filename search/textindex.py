"""The table with the analysed text: FTS5 on SQLite, `tsvector` on PostgreSQL, the same columns on both.

`rowid` is the id of a `SearchDocument`; one column of stems for each of `TEXT_FIELDS`. No Django model:
the one is a virtual table, the other has a type of its own. Only visible documents have a row.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from search.models import DocumentTitles
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
# PostgreSQL's planner takes reading every long vector for cheap: 55 ms a word where the index needs 5.
# Sent in one go with the query, the setting holds for it alone (inside a transaction: until that ends).
INDEX_ONLY = {"postgresql": "SET LOCAL enable_seqscan = off; "}
# The same for the rows' own order, which it follows to the end where nobody holds a phrase.
_BITMAPS_ONLY = {"postgresql": f"{INDEX_ONLY['postgresql']}SET LOCAL enable_indexscan = off; "}
# SQLite takes 500 selects in one statement.
_ASKED_TOGETHER = 200

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


def held(phrases: Iterable[tuple[str, ...]], type: str) -> set[tuple[str, ...]]:
    """Those of these runs of stems that a document of this type holds in its head."""
    asked = list(dict.fromkeys(phrases))
    found: set[int] = set()
    for start in range(0, len(asked), _ASKED_TOGETHER):
        numbers = range(start, min(start + _ASKED_TOGETHER, len(asked)))
        sql = " UNION ALL ".join(_held_select(number) for number in numbers)
        values = [value for number in numbers for value in (_head_query(asked[number]), type)]
        with connection.cursor() as cursor:
            cursor.execute(_BITMAPS_ONLY.get(connection.vendor, "") + sql, values)
            found.update(row[0] for row in cursor.fetchall())
    return {asked[number] for number in found}


def _held_select(number: int) -> str:
    titles = DocumentTitles._meta.db_table
    fits = "head @@ CAST(%s AS tsquery)" if connection.vendor == "postgresql" else f"{TABLE} MATCH %s"
    return (
        f"SELECT * FROM (SELECT {number} FROM {TABLE} JOIN {titles} t ON t.document_id = {TABLE}.rowid "  # noqa: S608
        f"WHERE {fits} AND t.type = %s LIMIT 1) AS p{number}"
    )


def _head_query(stems: Sequence[str]) -> str:
    # Stems are letters, digits and "_" only: they need no escaping.
    if connection.vendor == "postgresql":
        return " <-> ".join(f"'{stem}'" for stem in stems)
    return f'{{{" ".join(HEAD)}}} : "{" ".join(stems)}"'


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
