"""How well a document answers a query, computed alike for every engine from stems by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.types import TEXT_FIELDS
from search.understanding import Concept, Understanding

# By field, in the order of `TEXT_FIELDS`: for a word, and for two that stand together as in the query.
FIELD_WEIGHTS = (0.75, 0.6, 0.55, 0.2)
PAIR_WEIGHTS = (0.6, 0.4, 0.15, 0.1)
ALONE_IN_TITLE = 0.3
# What a further variant found adds.
FURTHER = 0.4
# Share of the significant words a document must answer to be counted as a match.
ENOUGH = 0.6
# Of so many words of a query a document must hold one, to come near.
ONE_OF = 3
# What a word adds to that share when only the body holds it, or only a weak variant is there.
BODY_SHARE = 0.6
WEAK_SHARE = 0.15


def fewest_to_match(concepts: Sequence[Concept]) -> int:
    """With how many words, all in the best place, a document can be a match at the least."""
    largest = sorted((concept.significance for concept in concepts if concept.significance), reverse=True)
    needed, found = ENOUGH * sum(largest) - 1e-9, 0.0
    for number, significance in enumerate(largest, start=1):
        found += significance
        if found >= needed:
            return number
    return max(len(largest), 1)


def fewest_to_come_near(concepts: Sequence[Concept]) -> int:
    """How many significant words a document must hold, wherever, to be shown at all."""
    telling = sum(1 for concept in concepts if concept.significance)
    return min(-(-telling // ONE_OF), fewest_to_match(concepts)) or 1


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A concept as the ranker needs it: its weight, and per variant stems written out, strength, fields."""

    weight: float
    variants: tuple[tuple[str, float, int], ...]


class Ranker:
    """Scores documents for one query."""

    def __init__(self, understanding: Understanding) -> None:
        self.wanted = [_wanted(concept) for concept in understanding.concepts]
        self.possible = sum(one.weight for one in self.wanted)
        own = [concept.stem for concept in understanding.concepts]
        self.only = f" {own[0]} " if len(own) == 1 else ""
        self.pairs = [f" {left} {right} " for left, right in pairwise(own)]

    def score(self, fields: Sequence[str]) -> float:
        """A figure to sort by, higher is better; `fields` are the stems of `TEXT_FIELDS`."""
        if not self.possible:
            return 0.0
        padded = [f" {field} " for field in fields]
        # No phrase reaches from one field into the next: two blanks stand between.
        anywhere = "".join(padded)
        total = sum(one.weight * _answer(one, padded, anywhere) for one in self.wanted)
        return total / self.possible * (1 + self._together(padded))

    def _together(self, padded: Sequence[str]) -> float:
        """A bonus for words that stand side by side as they do in the query, most in the title."""
        if self.only:
            return ALONE_IN_TITLE if self.only in padded[0] else 0.0
        bonus = 0.0
        for pair in self.pairs:
            for field, worth in zip(padded, PAIR_WEIGHTS, strict=True):
                if pair in field:
                    bonus += worth / len(self.pairs)
                    break
        return bonus


def weight(concept: Concept) -> float:
    """How much a word of the query counts beside the others: more where it is significant and rare."""
    return (concept.significance or 0.1) * (0.1 + concept.rarity**1.5)


def _wanted(concept: Concept) -> _Wanted:
    variants = tuple(
        # A long body mentions much: what is merely related counts only where the subject is named.
        (f" {' '.join(one.stems)} ", one.strength, len(TEXT_FIELDS) - (not one.is_strong))
        for one in concept.variants
    )
    return _Wanted(weight(concept), variants)


def _answer(wanted: _Wanted, padded: Sequence[str], anywhere: str) -> float:
    """From 0 to nearly 1: the best variant found, and a little for each further one."""
    found: list[float] = []
    for stems, strength, fields in wanted.variants:
        if stems not in anywhere:
            continue
        missing = 1.0
        for number in range(fields):
            if stems in padded[number]:
                missing *= 1 - FIELD_WEIGHTS[number]
        if missing < 1.0:
            found.append(strength * (1 - missing))
    if not found:
        return 0.0
    found.sort(reverse=True)
    missing = 1 - found[0]
    for further in found[1:4]:
        missing *= 1 - FURTHER * further
    return 1 - missing
