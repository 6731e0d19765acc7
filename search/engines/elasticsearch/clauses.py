"""Which documents answer a query's words, and how well, in Elasticsearch's query language.

The score of a document says by its size how large a share of the words it answers, and by the rest how
prominently: what has more of the words comes first, and `enough` divides matches from near misses, both by
the same figures as in the database engine (`search.engines.database.matching`).
Words reach the server as `terms` and `match_phrase` on analysed stems only, never in a query syntax.
"""

from collections.abc import Sequence
from itertools import chain

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
    if not _are_all_needed(understanding):
        return _enough(_answers(understanding), understanding)
    strong = [_strong_answers(concept, part) for concept, part in _parts(understanding)]
    return Q("bool", must=[Q("dis_max", queries=answers) for answers in strong])


def matching(understanding: Understanding) -> Clause:
    """Matches only, as a filter. Without words: all."""
    if not understanding.concepts:
        return Q("match_all")
    telling = _telling(understanding)
    if _are_all_needed(understanding):
        return Q("bool", filter=list(map(_anywhere, telling)))
    return _enough(list(map(_answer, telling)), understanding)


def is_one_word(understanding: Understanding) -> bool:
    """Whether a document matches as soon as it holds one certain word."""
    return len(_telling(understanding)) == 1


def is_some_of_many(understanding: Understanding) -> bool:
    """Whether there are several ways to hold words enough for a match."""
    return fewest_to_match(understanding.concepts) < len(_telling(understanding))


def summed(understanding: Understanding) -> Clause:
    """What has any of the words, with the scores of `best` where it has enough of them (`enough`).

    A plain sum of words and places, which the server adds up for thousands of documents at a time: for many
    of them that is quicker than to look up, one by one, those that hold words enough.
    """
    summands = [_summands(concept, part) for concept, part in _parts(understanding)]
    return Q("bool", should=list(chain.from_iterable(summands)))


def _are_all_needed(understanding: Understanding) -> bool:
    """Whether a document matches exactly if it holds every word, wherever: of one word, or two alike."""
    significances = [concept.significance for concept in _telling(understanding)]
    total, least = sum(significances), min(significances)
    without_one = total - least * (1 - WEAK_SHARE)
    return BODY_SHARE >= ENOUGH and without_one < ENOUGH * total - 1 / STEPS


def _answers(understanding: Understanding) -> list[Clause]:
    return [_answer(concept, part) for concept, part in _parts(understanding)]


def _parts(understanding: Understanding) -> list[tuple[Concept, float]]:
    """The words that tell, each with its part of the prominence."""
    telling = _telling(understanding)
    possible = sum(map(weight, telling))
    return [(concept, weight(concept) / possible) for concept in telling]


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
    return Q("dis_max", queries=[*_strong_answers(concept, part), *_weak_answer(concept)])


def _strong_answers(concept: Concept, part: float) -> list[Clause]:
    strong = _strong(concept)
    return [
        _constant(_any_of(field, strong), points)
        for field, points in _points_by_place(concept, part)
        if part or field != "title"
    ]


def _weak_answer(concept: Concept) -> list[Clause]:
    weak = [variant for variant in concept.variants if not variant.is_strong]
    return [_constant(_any_of(HEAD, weak), _points(concept.significance * WEAK_SHARE))] if weak else []


def _summands(concept: Concept, part: float) -> list[Clause]:
    """The same as `_answer`, as a sum: whatever holds a word holds it anywhere, and what has it in its title
    has it in its head, so that each place only adds what it is worth more."""
    (_, in_title), (_, in_head), (_, in_body) = _points_by_place(concept, part)
    anywhere = _constant(_anywhere(concept), in_body)
    weak = _weak_answer(concept)
    strong = _strong(concept)
    return [
        Q("dis_max", queries=[anywhere, *weak]) if weak else anywhere,
        _constant(_any_of(HEAD, strong), in_head - in_body),
        _constant(_any_of("title", strong), in_title - in_head),
    ]


def _points_by_place(concept: Concept, part: float) -> list[tuple[str, float]]:
    """What a word is worth in each of `PLACES`."""
    return [
        (field, _points(concept.significance * share) + part * prominence)
        for field, share, prominence in PLACES
    ]


def _anywhere(concept: Concept) -> Clause:
    """Documents with any of the strong variants, wherever."""
    strong = _strong(concept)
    words = [variant for variant in strong if len(variant.stems) == 1]
    phrases = [variant for variant in strong if len(variant.stems) > 1]
    found = [_any_of(ANYWHERE, words)] if words else []
    if phrases:
        # No order of words is kept there.
        found += [_any_of(HEAD, phrases), _any_of("body", phrases)]
    return found[0] if len(found) == 1 else Q("bool", should=found)


def _strong(concept: Concept) -> list[Variant]:
    return [variant for variant in concept.variants if variant.is_strong]


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
