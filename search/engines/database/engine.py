import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from django.utils.translation import gettext

from search import textindex
from search.engines.database import columns
from search.engines.database.columns import Columns
from search.engines.database.completion import complete
from search.engines.database.facets import Selection
from search.engines.database.matching import Found, matching
from search.engines.ranking import Ranker
from search.engines.snippets import Marker, best_language
from search.index import TYPE_FACET
from search.models import SearchDocument
from search.types import Hit, Query, Results, Sort, Title
from search.understanding import MAX_CHARACTERS, MAX_WORDS, Understanding, understand

# The best of what was found are ranked in full; further ones keep the rough order of the full-text table.
RANKED = 200
LARGEST_PAGE = 100
READ_TOGETHER = 5000


@dataclass(frozen=True, slots=True)
class _Page:
    """The documents of one page of results; the first `true` of them match, the rest come near."""

    ids: Sequence[int]
    true: int
    scores: dict[int, float] = field(default_factory=dict)


class DatabaseEngine:
    """Answers from the tables `search.index` writes, in at most five statements."""

    name = "database"

    def search(self, query: Query) -> Results:
        began = time.perf_counter()
        meaning = understand(query.text, query.language)
        held = columns.current()
        found = _found(meaning, query.sort, held)
        selection = Selection(query, held)
        everywhere = held.everything if found.complete else held.bits(found.true)
        true = selection.passing(everywhere)
        near = selection.passing(held.bits(found.near))
        counts = selection.counts(everywhere)
        page = _page(query, meaning, held, found, true, near)
        return Results(
            hits=_hits(query, meaning, page),
            total=true.bit_count(),
            near_total=near.bit_count(),
            types=counts.pop(TYPE_FACET),
            facets=counts,
            alternatives=tuple(
                Selection(replace(query, filters=filters), held).passing(everywhere).bit_count()
                for filters in query.alternatives
            ),
            suggestion=meaning.suggestion if query.suggest else "",
            took_ms=(time.perf_counter() - began) * 1000,
            engine=self.name,
            notice=_notice(meaning),
        )

    def matches(self, query: Query) -> Sequence[int]:
        """Beyond the first `RANKED` in the rough order of the full-text table, as in `search`."""
        meaning = understand(query.text, query.language)
        held = columns.current()
        found = _found(meaning, query.sort, held)
        selection = Selection(query, held)
        passing = selection.passing(held.everything if found.complete else held.bits(found.true))
        ids = list(held.among(found.true, passing))
        objects: dict[int, int] = {}
        for start in range(0, len(ids), READ_TOGETHER):
            some = SearchDocument.objects.filter(pk__in=ids[start : start + READ_TOGETHER])
            objects.update(some.values_list("pk", "object_id"))
        return [objects[id_] for id_ in ids if id_ in objects]

    def complete(
        self, text: str, language: str, types: tuple[str, ...] = (), limit: int = 5
    ) -> Sequence[Title]:
        return complete(text, language, types, limit)


def _found(meaning: Understanding, sort: Sort, held: Columns) -> Found:
    if not meaning.concepts:
        return Found(held.orders[sort], [], complete=True)
    found = matching(meaning)
    if sort == Sort.RELEVANCE:
        return found
    true, near = held.bits(found.true), held.bits(found.near)
    order = held.orders[sort]
    return Found([*held.among(order, true)], [*held.among(order, near)])


def _page(query: Query, meaning: Understanding, held: Columns, found: Found, true: int, near: int) -> _Page:
    size = min(max(query.page_size, 1), LARGEST_PAGE)
    start = (max(query.page, 1) - 1) * size
    total, near_total = true.bit_count(), near.bit_count()
    if start >= total + near_total:
        return _Page([], 0)
    by_score = bool(meaning.concepts) and query.sort == Sort.RELEVANCE
    needed = max(start + size, RANKED if by_score else 0)
    ids = list(islice(held.among(found.true, true), needed))
    ids += islice(held.among(found.near, near), max(needed - len(ids), 0))
    true_here = min(total, len(ids))
    scores: dict[int, float] = {}
    if by_score:
        ranker = Ranker(meaning)
        scores = {id_: ranker.score(fields) for id_, fields in textindex.read(ids[:RANKED]).items()}
        best = [*range(len(ids))]
        best.sort(key=lambda place: (place >= true_here, -scores.get(ids[place], -1.0)))
        ids = [ids[place] for place in best]
    return _Page(ids[start : start + size], max(true_here - start, 0), scores)


def _hits(query: Query, meaning: Understanding, page: _Page) -> tuple[Hit, ...]:
    rows = SearchDocument.objects.in_bulk(page.ids)
    marker = Marker(meaning)
    return tuple(
        _hit(rows[id_], query.language, marker, page.scores.get(id_, 0.0), place >= page.true)
        for place, id_ in enumerate(page.ids)
        if id_ in rows
    )


def _hit(row: SearchDocument, wanted: str, marker: Marker, score: float, near: bool) -> Hit:
    language = best_language(row.texts, wanted)
    texts = [row.texts.get(name, {}).get(language, "") for name in ("title", "summary", "body")]
    return Hit(
        key=row.key,
        type=row.type,
        object_id=row.object_id,
        title=texts[0],
        snippet=marker.snippet(texts[1:], language),
        language=language,
        score=score,
        near=near,
        data=row.data,
    )


def _notice(meaning: Understanding) -> str:
    if not meaning.shortened:
        return ""
    return gettext(
        "Kata pencarian terlalu panjang: hanya %(words)d kata dari %(characters)d huruf pertama yang dibaca."
    ) % {"words": MAX_WORDS, "characters": MAX_CHARACTERS}
