"""Candidates for likeness: what holds any of some stems in its head, roughly the likest first."""

from collections.abc import Sequence

from django.db import connection

from search.engines.likeness import Term
from search.textindex import HEAD, TABLE


def candidates(wanted: Sequence[Term]) -> list[int]:
    """The ids of all of them, whatever their type."""
    stems = [term.stem for term in wanted]
    if connection.vendor == "postgresql":
        # Stems are letters, digits and "_" only: they need no escaping.
        query = " | ".join(map(repr, stems))
        sql = (
            f"SELECT rowid FROM {TABLE}, (SELECT CAST(%s AS tsquery) AS q) q "  # noqa: S608
            "WHERE head @@ q.q ORDER BY ts_rank(head, q.q) DESC, rowid"
        )
    else:
        either = " OR ".join(f'"{stem}"' for stem in stems)
        query = f"{{{' '.join(HEAD)}}} : ({either})"
        sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rank, rowid"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [query])
        return [row[0] for row in cursor.fetchall()]
