"""How many matches are to be expected, against all the ways in which words may meet."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.elasticsearch.expectation import expected_matches
from search.engines.ranking import fewest_to_match
from search.understanding import Concept, Understanding

DOCUMENTS = 1000


def word(share: float, significance: float = 1.0) -> Concept:
    return Concept("kata", "kata", significance, 0.5, share, ())


def meaning(*concepts: Concept) -> Understanding:
    return Understanding(concepts, "", shortened=False, documents=DOCUMENTS)


def one_by_one(concepts: tuple[Concept, ...]) -> float:
    enough, sum_ = fewest_to_match(concepts), 0.0
    for held in product([True, False], repeat=len(concepts)):
        if sum(held) >= enough:
            chance = 1.0
            for concept, is_held in zip(concepts, held, strict=True):
                chance *= concept.share if is_held else 1 - concept.share
            sum_ += chance
    return DOCUMENTS * sum_


@given(st.lists(st.floats(0, 1), min_size=1, max_size=7))
def test_expected__is_what_all_ways_of_meeting_add_up_to(shares: list[float]) -> None:
    concepts = tuple(map(word, shares))
    assert expected_matches(meaning(*concepts)) == pytest.approx(one_by_one(concepts), abs=1e-6)


def test_expected__of_one_word_is_the_number_of_its_documents() -> None:
    assert expected_matches(meaning(word(0.25))) == 250
    assert expected_matches(meaning(word(0.25), word(1.0, significance=0.0))) == 250
