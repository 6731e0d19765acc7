"""Which documents answer a query's words, and how well, in Elasticsearch's query language.

The score of a document says by its size how large a share of the words it answers, and by the rest how
prominently: what has more of the words comes first, and `enough` divides matches from near misses, both by
the same figures as in the database engine (`search.engines.database.matching`).
Words reach the server as `terms` and `match_phrase` on analysed stems only, never in a query syntax.
"""

from collections.abc import Sequence

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query as Clause

from search.engines.elasticsearch.mapping import ANYWHERE, HEAD
from search.engines.ranking import (
    BODY_SHARE,
    ENOUGH,
    FIELD_WEIGHTS,
    WEAK_SHARE,
    fewest_to_come_near,
    fewest_to_match,
    weight,
)
from search.types import TEXT_FIELDS
from search.understanding import Concept, Understanding, Variant

# Shares are multiples of 1/200; a step counts ten, all prominence together less than one, and the largest
# score (16 words) still fits a 32-bit float with two digits behind the point.
STEP = 10
STEPS = 200
_PROMINENCE = dict(zip(TEXT_FIELDS, FIELD_WEIGHTS, strict=True))
# Where to look, what a word found there adds to the share, and its prominence. The head holds the title too.
PLACES = (
    ("title", 1.0, _PROMINENCE["title"]),
    (HEAD, 1.0, _PROMINENCE["summary"]),
    ("body", BODY_SHARE, _PROMINENCE["body"]),
)


def enough(understanding: Understanding) -> float:
    """The score from which on a document is a match."""
    return _points(ENOUGH * sum(concept.significance for concept in understanding.concepts)) - STEP / 2


def near(understanding: Understanding) -> Clause:
    """Documents that match or come near, scored."""
    at_least = fewest_to_come_near(understanding.concepts)
    return Q(
        "bool",
        filter=[_mentioning(understanding, at_least)],
        should=_answers(understanding),
        minimum_should_match=at_least,
    )


def best(understanding: Understanding) -> Clause:
    """Matches only, scored."""
    return _enough(_answers(understanding), understanding)


def matching(understanding: Understanding) -> Clause:
    """Matches only, as a filter. Without words: all."""
    if not understanding.concepts:
        return Q("match_all")
    return _enough([_answer(concept) for concept in _telling(understanding)], understanding)


def _answers(understanding: Understanding) -> list[Clause]:
    telling = _telling(understanding)
    possible = sum(map(weight, telling))
    return [_answer(concept, weight(concept) / possible) for concept in telling]


def _enough(answers: Sequence[Clause], understanding: Understanding) -> Clause:
    # The score decides; the words only spare the server to score what cannot reach it. Were a least number of
    # answers asked for as well, it might begin with those, which are slower to look up; and without a least
    # score it would try by itself to skip what is not among the best, in twice the time.
    likely = [_mentioning(understanding, fewest_to_match(understanding.concepts))]
    found = Q("bool", filter=likely, should=answers)
    return Q("function_score", query=found, min_score=enough(understanding))


def _mentioning(understanding: Understanding, at_least: int) -> Clause:
    """Documents with so many of the words in whatever place: one list a word to look up."""
    words = [
        Q("terms", **{ANYWHERE: sorted({variant.stems[0] for variant in concept.variants})})
        for concept in _telling(understanding)
    ]
    return Q("bool", should=words, minimum_should_match=at_least)


def _telling(understanding: Understanding) -> list[Concept]:
    return [concept for concept in understanding.concepts if concept.significance]


def _answer(concept: Concept, part: float = 0.0) -> Clause:
    """One word: of the places where it stands the best counts. `part` is its part of the prominence, for
    which 0 need not be looked up."""
    strong = [variant for variant in concept.variants if variant.is_strong]
    weak = [variant for variant in concept.variants if not variant.is_strong]
    found = [
        _constant(_any_of(field, strong), _points(concept.significance * share) + part * prominence)
        for field, share, prominence in PLACES
        if part or field != "title"
    ]
    if weak:
        found.append(_constant(_any_of(HEAD, weak), _points(concept.significance * WEAK_SHARE)))
    return Q("dis_max", queries=found)


def _points(share: float) -> float:
    return round(share * STEPS) * STEP


def _constant(clause: Clause, boost: float) -> Clause:
    return Q("constant_score", filter=clause, boost=boost)


def _any_of(field: str, variants: Sequence[Variant]) -> Clause:
    """Documents with any of the variants in a field."""
    words = [variant.stems[0] for variant in variants if len(variant.stems) == 1]
    clauses = [Q("terms", **{field: words})] if words else []
    clauses += [
        Q("match_phrase", **{field: " ".join(variant.stems)})
        for variant in variants
        if len(variant.stems) > 1
    ]
    return clauses[0] if len(clauses) == 1 else Q("bool", should=clauses)
