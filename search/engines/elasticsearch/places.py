"""One word of a query: where documents may hold it, and what it is worth there."""

from collections.abc import Sequence

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query as Clause

from search.engines.elasticsearch.mapping import ANYWHERE, HEAD
from search.engines.ranking import BODY_SHARE, FIELD_WEIGHTS, WEAK_SHARE
from search.types import TEXT_FIELDS
from search.understanding import Concept, Variant

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


def answer(concept: Concept, part: float = 0.0) -> Clause:
    """One word: of the places where it stands the best counts. `part` is its part of the prominence, for
    which 0 need not be looked up."""
    return Q("dis_max", queries=[*strong_answers(concept, part), *_weak_answer(concept)])


def strong_answers(concept: Concept, part: float) -> list[Clause]:
    """`answer` by place, without what only brings a document near."""
    strong = _strong(concept)
    return [
        _constant(_any_of(field, strong), worth)
        for field, worth in _points_by_place(concept, part)
        if part or field != "title"
    ]


def _weak_answer(concept: Concept) -> list[Clause]:
    weak = [variant for variant in concept.variants if not variant.is_strong]
    return [_constant(_any_of(HEAD, weak), points(concept.significance * WEAK_SHARE))] if weak else []


def summands(concept: Concept, part: float) -> list[Clause]:
    """The same as `answer`, as a sum: whatever holds a word holds it anywhere, and what has it in its title
    has it in its head, so that each place only adds what it is worth more."""
    (_, in_title), (_, in_head), (_, in_body) = _points_by_place(concept, part)
    mentioned = _constant(anywhere(concept), in_body)
    weak = _weak_answer(concept)
    strong = _strong(concept)
    return [
        Q("dis_max", queries=[mentioned, *weak]) if weak else mentioned,
        _constant(_any_of(HEAD, strong), in_head - in_body),
        _constant(_any_of("title", strong), in_title - in_head),
    ]


def _points_by_place(concept: Concept, part: float) -> list[tuple[str, float]]:
    """What a word is worth in each of `PLACES`."""
    return [
        (field, points(concept.significance * share) + part * prominence)
        for field, share, prominence in PLACES
    ]


def anywhere(concept: Concept) -> Clause:
    """Documents with any of the strong variants, wherever."""
    strong = _strong(concept)
    words = [variant for variant in strong if len(variant.stems) == 1]
    phrases = [variant for variant in strong if len(variant.stems) > 1]
    found = [_any_of(ANYWHERE, words)] if words else []
    if phrases:
        # No order of words is kept there.
        found += [_any_of(HEAD, phrases), _any_of("body", phrases)]
    return found[0] if len(found) == 1 else Q("bool", should=found)


def points(share: float) -> float:
    """What a share of the words adds to a score."""
    return round(share * STEPS) * STEP


def _strong(concept: Concept) -> list[Variant]:
    return [variant for variant in concept.variants if variant.is_strong]


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
