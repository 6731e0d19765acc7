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

from search.engines.elasticsearch.mapping import ANYWHERE
from search.engines.elasticsearch.places import (
    STEP,
    STEPS,
    answer,
    anywhere,
    points,
    strong_answers,
    summands,
)
from search.engines.ranking import (
    BODY_SHARE,
    ENOUGH,
    WEAK_SHARE,
    fewest_to_come_near,
    fewest_to_match,
    weight,
)
from search.understanding import Concept, Understanding


def enough(understanding: Understanding) -> float:
    """The score from which on a document is a match."""
    return points(ENOUGH * sum(concept.significance for concept in understanding.concepts)) - STEP / 2


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
    strong = [strong_answers(concept, part) for concept, part in _parts(understanding)]
    return Q("bool", must=[Q("dis_max", queries=answers) for answers in strong])


def matching(understanding: Understanding) -> Clause:
    """Matches only, as a filter. Without words: all."""
    if not understanding.concepts:
        return Q("match_all")
    telling = _telling(understanding)
    if _are_all_needed(understanding):
        return Q("bool", filter=list(map(anywhere, telling)))
    return _enough(list(map(answer, telling)), understanding)


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
    parts = [summands(concept, part) for concept, part in _parts(understanding)]
    return Q("bool", should=list(chain.from_iterable(parts)))


def _are_all_needed(understanding: Understanding) -> bool:
    """Whether a document matches exactly if it holds every word, wherever: of one word, or two alike."""
    significances = [concept.significance for concept in _telling(understanding)]
    total, least = sum(significances), min(significances)
    without_one = total - least * (1 - WEAK_SHARE)
    return BODY_SHARE >= ENOUGH and without_one < ENOUGH * total - 1 / STEPS


def _answers(understanding: Understanding) -> list[Clause]:
    return [answer(concept, part) for concept, part in _parts(understanding)]


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
