"""Which documents hold which words of a query: one statement over the full-text table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from search.engines.ranking import BODY_SHARE, ENOUGH, WEAK_SHARE, fewest_to_come_near
from search.textindex import HEAD, INDEX_ONLY, TABLE
from search.understanding import Concept, Understanding, Variant


@dataclass(frozen=True, slots=True)
class _Part:
    """One select: documents that hold one of some variants; `share` is what that is worth."""

    bit: int
    share: float
    variants: Sequence[Variant]
    in_head: bool
    scored: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of documents, best first: `true` ones match enough of the query, `near` ones less.

    `complete`: all documents there are.
    """

    true: list[int]
    near: list[int]
    complete: bool = False


def matching(understanding: Understanding) -> Found:
    """Documents that hold any significant word; those with more of the words come first."""
    parts = list(_parts(understanding.concepts))
    selects = []
    parameters: list[Any] = []
    for part in parts:
        sql, values = _select(part)
        selects.append(sql)
        parameters += values
    sql = (
        "SELECT doc, SUM(bit) AS mask FROM "  # noqa: S608
        f"({' UNION ALL '.join(selects)}) hits GROUP BY doc ORDER BY SUM(score) DESC, doc"
    )
    with connection.cursor() as cursor:
        cursor.execute(INDEX_ONLY.get(connection.vendor, "") + sql, parameters)
        rows = cursor.fetchall()
    # Few different masks occur, however many documents.
    answers = {mask: _answered(int(mask), parts) for mask in {mask for _, mask in rows}}
    shares = {mask: sum(words.values()) for mask, words in answers.items()}
    at_least = fewest_to_come_near(understanding.concepts)
    enough = ENOUGH * sum(concept.significance for concept in understanding.concepts) - 1e-9
    rows.sort(key=lambda row: -shares[row[1]])
    true = [id_ for id_, mask in rows if shares[mask] >= enough]
    near = [id_ for id_, mask in rows if shares[mask] < enough and len(answers[mask]) >= at_least]
    return Found(true, near)


def _parts(concepts: Sequence[Concept]) -> Iterator[_Part]:
    """For every significant word three bits: in the head, anywhere, and by a weak variant in the head."""
    for number, concept in enumerate(concepts):
        strong = [variant for variant in concept.variants if variant.is_strong]
        weak = [variant for variant in concept.variants if not variant.is_strong]
        bit = 1 << (3 * number)
        if concept.significance:
            yield _Part(bit, concept.significance, strong, in_head=True, scored=True)
            yield _Part(bit << 1, concept.significance * BODY_SHARE, strong, in_head=False)
            if weak:
                yield _Part(bit << 2, concept.significance * WEAK_SHARE, weak, in_head=True)


def _answered(mask: int, parts: Sequence[_Part]) -> dict[int, float]:
    """The words a document answers, each with its weight; of a word's bits the best counts."""
    best: dict[int, float] = {}
    for part in parts:
        if mask & part.bit:
            word = (part.bit.bit_length() - 1) // 3
            best[word] = max(best.get(word, 0.0), part.share)
    return best


def _select(part: _Part) -> tuple[str, list[Any]]:
    if connection.vendor == "postgresql":
        # Stems are letters, digits and "_" only: they need no escaping.
        query = " | ".join(f"({' <-> '.join(map(repr, variant.stems))})" for variant in part.variants)
        score = "ts_rank(head, q.q)" if part.scored else "0"
        column = "head" if part.in_head else "vector"
        return (
            f"SELECT rowid AS doc, CAST(%s AS bigint) AS bit, {score} AS score "  # noqa: S608
            f"FROM {TABLE}, (SELECT CAST(%s AS tsquery) AS q) q WHERE {column} @@ q.q",
            [part.bit, query],
        )
    query = " OR ".join(f'"{" ".join(variant.stems)}"' for variant in part.variants)
    if part.in_head:
        query = f"{{{' '.join(HEAD)}}} : ({query})"
    # The function bm25() itself is refused once the planner has merged this select into the outer one.
    score, how = ("-rank", " AND rank MATCH 'bm25(8.0, 4.0, 2.0, 1.0)'") if part.scored else ("0.0", "")
    return (
        f"SELECT rowid AS doc, %s AS bit, {score} AS score FROM {TABLE} WHERE {TABLE} MATCH %s{how}",  # noqa: S608
        [part.bit, query],
    )
