"""How many documents will match, as far as the vocabulary tells."""

from search import limits
from search.engines.ranking import fewest_to_match
from search.types import Query
from search.understanding import Understanding


def looks_plentiful(query: Query, meaning: Understanding) -> bool:
    """Whether so many documents should match that none which only comes near would be shown.

    Only a guess, which must cost nothing but time. What a filter leaves is unknown: never with one.
    """
    if any(query.filters.values()) or not meaning.concepts:
        return False
    return expected_matches(meaning) >= limits.NEAREST


def expected_matches(meaning: Understanding) -> float:
    """As if each word stood where it stands regardless of the others (binomial of unlike chances), wherever
    in the document."""
    # By number of words: how likely a document holds just so many.
    chances = [1.0]
    for concept in meaning.concepts:
        if concept.significance:
            with_it, without = concept.share, 1 - concept.share
            chances = [
                without * here + with_it * fewer
                for here, fewer in zip([*chances, 0.0], [0.0, *chances], strict=True)
            ]
    return meaning.documents * sum(chances[fewest_to_match(meaning.concepts) :])
