import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from search import limits, textindex
from search.engines import likeness
from search.engines.database import columns
from search.engines.database.columns import Columns
from search.engines.database.completion import complete
from search.engines.database.facets import Selection
from search.engines.database.likeness import candidates
from search.engines.database.matching import Found, matching
from search.engines.hits import Shown, hits, notice, reordered, window
from search.engines.ranking import Ranker
from search.index import TYPE_FACET
from search.models import SearchDocument
from search.types import NOTHING, Exclusion, Query, Results, Similar, Sort, Title
from search.understanding import Understanding, copies, understand

READ_TOGETHER = 5000


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
        types = counts.pop(TYPE_FACET)
        page = _page(query, meaning, held, found, true, near)
        return Results(
            hits=hits(query, meaning, SearchDocument.objects.in_bulk(page.ids), page),
            total=true.bit_count(),
            near_total=_near_total(true, near),
            types=types if query.count_types else (),
            facets=counts,
            alternatives=tuple(
                Selection(replace(query, filters=filters), held).passing(everywhere).bit_count()
                for filters in query.alternatives
            ),
            suggestion=meaning.suggestion if query.suggest else "",
            took_ms=(time.perf_counter() - began) * 1000,
            engine=self.name,
            notice=notice(meaning),
        )

    def matches(self, query: Query) -> Sequence[int]:
        """Beyond the first `limits.RANKED` in the rough order of the full-text table, as in `search`."""
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

    def similar(
        self,
        key: str,
        language: str,
        facets: Sequence[str] = (),
        exclude: Exclusion = NOTHING,
        limit: int = 3,
    ) -> Sequence[Similar]:
        asked = likeness.asked_for(key)
        if asked is None:
            return ()
        wanted = likeness.terms(asked, copies.current()[0])
        if not wanted:
            return ()
        held = columns.current()
        # Narrowed down before they are cut off, as on every engine.
        others = held.everything & ~held.bits([asked.pk])
        left_out = {name: tuple(values) for name, values in exclude.items()}
        passing = Selection(Query(types=(asked.type,), exclude=left_out), held).passing(others)
        ids = list(islice(held.among(candidates(wanted), passing), likeness.CANDIDATES))
        rows, stems = SearchDocument.objects.filter(pk__in=ids), textindex.read(ids)
        pairs = [(row, stems[row.pk]) for row in rows if row.pk in stems]
        return likeness.best(asked, wanted, pairs, facets, language, limit)

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


def _page(
    query: Query, meaning: Understanding, held: Columns, found: Found, true: int, near: int
) -> Shown[int]:
    start, size = window(query)
    total, near_total = true.bit_count(), _near_total(true, near)
    if start >= min(total + near_total, limits.WINDOW):
        return Shown([], 0)
    by_score = bool(meaning.concepts) and query.sort == Sort.RELEVANCE
    needed = max(start + size, limits.RANKED if by_score else 0)
    ids = list(islice(held.among(found.true, true), needed))
    ids += islice(held.among(found.near, near), max(needed - len(ids), 0))
    true_here = min(total, len(ids))
    scores: dict[int, float] = {}
    if by_score:
        ranker = Ranker(meaning)
        scores = {id_: ranker.score(fields) for id_, fields in textindex.read(ids[: limits.RANKED]).items()}
        ids = reordered(ids, true_here, scores)
    return Shown(ids[start : min(start + size, total + near_total)], max(true_here - start, 0), scores)


def _near_total(true: int, near: int) -> int:
    return min(near.bit_count(), max(limits.NEAREST - true.bit_count(), 0))
