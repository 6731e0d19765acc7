"""What the server is asked for a page of results: every facet counted with its own choice
left out, matches in order, and what comes near. `search.engines.elasticsearch.answer` reads what comes back.
"""

from dataclasses import dataclass, replace
from typing import Any

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query as Clause

from search import limits
from search.engines.elasticsearch import clauses
from search.engines.elasticsearch.choice import Choice, every, field_of, having
from search.engines.elasticsearch.expectation import looks_plentiful
from search.engines.elasticsearch.mapping import VALUES
from search.engines.hits import window
from search.index import TYPE_FACET
from search.types import TEXT_FIELDS, Query, Sort
from search.understanding import Understanding

# Near misses are sought among so many documents of each part of the index only: beyond them the server would
# look at half of a large directory, for a common word, to find what nobody needs.
LOOKED_AT = 5_000
# Values counted together, of one facet or of all; the largest (regencies and cities) has a little over 500.
MOST_VALUES = 10_000
ORDERS: dict[Sort, list[dict[str, str]]] = {
    Sort.TITLE: [{"sort_title": "asc"}],
    Sort.NEWEST: [{"date": "desc"}, {"sort_title": "asc"}],
    Sort.EVIDENCE: [{"evidence": "desc"}, {"date": "desc"}, {"sort_title": "asc"}],
    Sort.REPLICATED: [{"replications": "desc"}, {"date": "desc"}, {"sort_title": "asc"}],
}
# Without words there is no relevance: what is shown best first, then the newest.
ORDERS[Sort.RELEVANCE] = ORDERS[Sort.EVIDENCE]
# What divides equals, as in the database.
LAST = {"number": "asc"}
BEST_FIRST = [{"_score": "desc"}]


@dataclass(frozen=True, slots=True)
class Requests:
    """The searches of one page of results, which begin at place `first`; `in_full` their best are ranked in
    full.

    `at_once` are sent together: the first counts, number `matches` finds what matches (it may be the same),
    and what comes near follows, if it does. Else `afterwards` asks for it, where fewer than
    `limits.NEAREST` match.
    """

    first: int
    in_full: bool
    matches: int
    at_once: list[dict[str, Any]]
    afterwards: list[dict[str, Any]]


def requests(query: Query, meaning: Understanding) -> Requests:
    """What to ask for the query's page. Where it looks as if nothing that comes near would be shown, it is
    not asked for at once; and without words nothing comes near."""
    start, size = window(query)
    # Further pages keep the server's order: it must not depend on where a page begins.
    in_full = ranked(query, meaning) and start < limits.RANKED
    first = 0 if in_full else min(start, limits.WINDOW)
    last = min(max(start + size, limits.RANKED if in_full else 0), limits.WINDOW)
    plentiful = looks_plentiful(query, meaning)
    bodies = _page(query, meaning, first, last, plentiful)
    near = [_near_misses(query, meaning, first, last)] if meaning.concepts else []
    if plentiful:
        return Requests(first, in_full, len(bodies), bodies, near)
    return Requests(first, in_full, len(bodies), [*bodies, *near], [])


def _page(
    query: Query, meaning: Understanding, first: int, last: int, plentiful: bool
) -> list[dict[str, Any]]:
    """Counts, and the matches from place `first` to `last`: in one walk over all that match, or in two
    searches where each is quicker by itself. So it is without words, as the server keeps the counts for
    other readers; and with a word that much holds, which is counted without scores while the best of its
    documents are found without meeting all.
    """
    shown = _shown(query, meaning, first, last)
    if not meaning.concepts or (plentiful and clauses.is_one_word(meaning)):
        matches = {**all_matches(query, meaning), "track_total_hits": False}
        return [_counts(query, _among(query, clauses.matching(meaning))), {**matches, **shown}]
    if plentiful and ranked(query, meaning) and clauses.is_some_of_many(meaning):
        counted = {**_counts(query, clauses.summed(meaning)), "min_score": clauses.enough(meaning)}
    else:
        counted = _counts(query, _among(query, _found(query, meaning)))
    return [{**counted, "post_filter": every(Choice(query).clauses()).to_dict(), **shown}]


def _counts(query: Query, looked_at: Clause) -> dict[str, Any]:
    """In all (`passing`), by facet as if each value were the only one chosen there, and for every alternative
    choice."""
    choice = Choice(query)
    search = Search().query(looked_at).extra(size=0, track_total_hits=False)
    passing = search.aggs.bucket("passing", "filter", every(choice.clauses()))
    passing.bucket(VALUES, "terms", field=VALUES, size=MOST_VALUES)
    if query.count_types:
        passing.bucket(TYPE_FACET, "terms", field="type", size=MOST_VALUES)
    for name in choice.counted:
        others = search.aggs.bucket(f"without {name}", "filter", every(choice.clauses(without=name)))
        left_out = choice.exclude.get(name, ())
        kept = others.bucket("kept", "filter", every([~having(name, left_out)] if left_out else []))
        kept.bucket(name, "terms", field=field_of(name), size=MOST_VALUES)
    for name, values in choice.exclude.items():
        for place, value in enumerate(values):
            # Chosen alone it is shown, but not with another left-out value beside it.
            beside = [other for other in values if other != value]
            alone = [having(name, [value]), *([~having(name, beside)] if beside else [])]
            only = every([*choice.clauses(without=name), *alone])
            search.aggs.bucket(f"left out {name} {place}", "filter", only)
    for place, filters in enumerate(query.alternatives):
        chosen = every(Choice(replace(query, filters=filters)).clauses())
        search.aggs.bucket(f"alternative {place}", "filter", chosen)
    return search.to_dict()


def all_matches(query: Query, meaning: Understanding) -> dict[str, Any]:
    """All matches in order, without facets."""
    found = Q("bool", must=[_found(query, meaning)], filter=Choice(query).clauses())
    return {"query": found.to_dict(), "sort": _order(query, meaning)}


def _near_misses(query: Query, meaning: Understanding, first: int, last: int) -> dict[str, Any]:
    """For results from place `first` to `last`: the best of all that match or come near, matches first, among
    the first `LOOKED_AT` such documents the server meets: where it meets more, there are near misses enough.
    """
    found = clauses.near(meaning)
    order = _order(query, meaning)
    if not ranked(query, meaning):
        is_match = Q("constant_score", filter=clauses.matching(meaning), boost=clauses.enough(meaning))
        found = Q("bool", filter=[found], should=[is_match])
        order = [*BEST_FIRST, *order]
    return {
        # All that are met: leaving out what is not among the best takes the server longer than meeting it.
        "track_total_hits": LOOKED_AT,
        "terminate_after": LOOKED_AT,
        "query": Q("bool", must=[found], filter=Choice(query).clauses()).to_dict(),
        **_shown(query, meaning, 0, min(last, limits.NEAREST) if first < limits.NEAREST else 0),
        "sort": order,
    }


def ranked(query: Query, meaning: Understanding) -> bool:
    """Whether the order is that of relevance to words."""
    return bool(meaning.concepts) and query.sort == Sort.RELEVANCE


def _found(query: Query, meaning: Understanding) -> Clause:
    return clauses.best(meaning) if ranked(query, meaning) else Q("bool", filter=[clauses.matching(meaning)])


def _among(query: Query, found: Clause) -> Clause:
    """What is found, as far as any of the counts may hold it."""
    return Q("bool", must=[found], filter=_countable(query))


def _countable(query: Query) -> list[Clause]:
    """What any of the counts may hold: who passes all filters but one, or those of an alternative."""
    choice = Choice(query)
    wanted = [
        [having(name, values) for name, values in choice.filters.items() if name != without]
        for without in choice.counted or [""]
    ]
    for filters in query.alternatives:
        other = Choice(replace(query, filters=filters)).filters
        wanted.append([having(name, values) for name, values in other.items()])
    # Without any choice that is everything.
    return [Q("bool", should=[every(one) for one in wanted])] if choice.filters and all(wanted) else []


def _shown(query: Query, meaning: Understanding, first: int, last: int) -> dict[str, Any]:
    return {
        "from": first,
        "size": max(last - first, 0),
        # For ranking in full, which begins with the first.
        "_source": list(TEXT_FIELDS) if ranked(query, meaning) and not first else False,
        "sort": _order(query, meaning),
    }


def _order(query: Query, meaning: Understanding) -> list[dict[str, str]]:
    return [*(BEST_FIRST if ranked(query, meaning) else ORDERS[query.sort]), LAST]
