"""What the server is asked, for every method of the engine. A page of results is one request: hits, and every
facet counted with its own choice left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query as Clause

from search.engines.elasticsearch import clauses
from search.engines.elasticsearch.mapping import HEAD, VALUES
from search.engines.likeness import CANDIDATES, FEWEST, LEAST_WORDS, TERMS, Term
from search.index import TYPE_FACET
from search.models import SearchDocument
from search.types import NEAREST, TEXT_FIELDS, Exclusion, Query, Sort
from search.understanding import Understanding

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


class Choice:
    """What a query's types, filters and left-out values let pass."""

    def __init__(self, query: Query) -> None:
        filters = {name: values for name, values in query.filters.items() if values}
        if query.types:
            filters[TYPE_FACET] = query.types
        self.filters: Mapping[str, Sequence[str]] = filters
        self.exclude: Mapping[str, Sequence[str]] = query.exclude

    def clauses(self, without: str | None = None) -> list[Clause]:
        """What a document must pass, one facet's own choice aside."""
        found = [having(name, values) for name, values in self.filters.items() if name != without]
        for name, values in self.exclude.items():
            # What the reader chooses is shown, even if it is left out otherwise.
            left_out = [value for value in values if value not in self.filters.get(name, ())]
            if name != without and left_out:
                found.append(~having(name, left_out))
        return found


def having(name: str, values: Sequence[str]) -> Clause:
    """Documents with any of these values of a facet."""
    return Q("terms", **{field_of(name): list(values)})


def field_of(facet: str) -> str:
    return "type" if facet == TYPE_FACET else f"facets.{facet}"


def page(query: Query, meaning: Understanding, start: int, size: int) -> list[dict[str, Any]]:
    """The two searches of one request: the counts, which the server may keep for the query's other pages,
    and the hits from `start` on. `search.engines.elasticsearch.answer` reads what comes back."""
    return [counts(query, meaning), hits(query, meaning, start, size)]


def counts(query: Query, meaning: Understanding) -> dict[str, Any]:
    """Matches only: in all (`passing`), by facet as if each value were the only one chosen there, and for
    every alternative choice."""
    choice = Choice(query)
    search = Search().query(clauses.matching(meaning)).extra(size=0, track_total_hits=False)
    passing = search.aggs.bucket("passing", "filter", _all(choice.clauses()))
    passing.bucket(VALUES, "terms", field=VALUES, size=MOST_VALUES)
    passing.bucket(TYPE_FACET, "terms", field="type", size=MOST_VALUES)
    for name in choice.filters:
        others = search.aggs.bucket(f"without {name}", "filter", _all(choice.clauses(without=name)))
        left_out = choice.exclude.get(name, ())
        kept = others.bucket("kept", "filter", _all([~having(name, left_out)] if left_out else []))
        kept.bucket(name, "terms", field=field_of(name), size=MOST_VALUES)
    for name, values in choice.exclude.items():
        for place, value in enumerate(values):
            # Chosen alone it is shown, but not with another left-out value beside it.
            beside = [other for other in values if other != value]
            alone = [having(name, [value]), *([~having(name, beside)] if beside else [])]
            only = _all([*choice.clauses(without=name), *alone])
            search.aggs.bucket(f"left out {name} {place}", "filter", only)
    for place, filters in enumerate(query.alternatives):
        search.aggs.bucket(
            f"alternative {place}", "filter", _all(Choice(replace(query, filters=filters)).clauses())
        )
    return search.to_dict()


def hits(query: Query, meaning: Understanding, start: int, size: int) -> dict[str, Any]:
    """Matches and near misses, the former first; counted as far as anybody can turn the pages."""
    by_score = ranked(query, meaning)
    found = clauses.scored(meaning)
    if meaning.concepts and not by_score:
        is_match = Q("constant_score", filter=clauses.matching(meaning), boost=clauses.enough(meaning))
        found = Q("bool", filter=[found], should=[is_match])
    return {
        "from": start,
        "size": size,
        "track_total_hits": NEAREST,
        # For ranking in full, which begins with the first.
        "_source": list(TEXT_FIELDS) if by_score and not start else False,
        "query": Q("bool", must=[found], filter=Choice(query).clauses()).to_dict(),
        "sort": order(query, meaning),
    }


def matches_body(query: Query, meaning: Understanding) -> dict[str, Any]:
    """All matches in order, without facets."""
    filters = Choice(query).clauses()
    if ranked(query, meaning):
        found = Q("bool", must=[clauses.scored(meaning)], filter=filters)
        best_first = [*order(query, meaning), LAST]
        return {"query": found.to_dict(), "min_score": clauses.enough(meaning), "sort": best_first}
    filters.append(clauses.matching(meaning))
    return {"query": Q("bool", filter=filters).to_dict(), "sort": order(query, meaning)}


def completion(words: Sequence[str], types: Sequence[str], limit: int) -> dict[str, Any]:
    """Titles with words that begin like each of these; those that begin with all of them come first."""
    typed = [Q("prefix", titles=word) for word in words]
    start = "".join(f" {word}" for word in words)
    return {
        "size": limit,
        "track_total_hits": False,
        "_source": False,
        "query": Q(
            "bool",
            filter=[*typed, *([having(TYPE_FACET, types)] if types else [])],
            should=[Q("constant_score", filter=Q("prefix", lines=start))],
        ).to_dict(),
        "sort": [{"_score": "desc"}, {"all_lines": "asc"}, LAST],
    }


def similar(asked: SearchDocument, wanted: Sequence[Term], most: int, exclude: Exclusion) -> dict[str, Any]:
    """Documents that hold some of the telling words; no word that stands in more than `most` counts."""
    like = Q(
        "more_like_this",
        fields=[HEAD],
        like=" ".join(term.stem for term in wanted),
        min_term_freq=1,
        min_doc_freq=FEWEST,
        max_doc_freq=most,
        max_query_terms=TERMS,
        minimum_should_match=min(LEAST_WORDS, len(wanted)),
    )
    left_out = [having(name, values) for name, values in exclude.items() if values]
    wanted_only = [having(TYPE_FACET, [asked.type])]
    other = Q("ids", values=[asked.key])
    return {
        "size": CANDIDATES,
        "track_total_hits": False,
        "_source": list(TEXT_FIELDS[:-1]),
        "query": Q("bool", must=[like], filter=wanted_only, must_not=[other, *left_out]).to_dict(),
    }


def ranked(query: Query, meaning: Understanding) -> bool:
    """Whether the order is that of relevance to words."""
    return bool(meaning.concepts) and query.sort == Sort.RELEVANCE


def order(query: Query, meaning: Understanding) -> list[dict[str, str]]:
    """Matches before near misses, which is what the score says first, then as asked."""
    if ranked(query, meaning):
        # By nothing else: so the server need not look at what cannot come among the best.
        return [{"_score": "desc"}]
    tiers = [{"_score": "desc"}] if meaning.concepts else []
    return [*tiers, *ORDERS[query.sort], LAST]


def _all(wanted: Sequence[Clause]) -> Clause:
    return Q("bool", filter=list(wanted)) if wanted else Q("match_all")
