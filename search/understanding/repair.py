"""Typing errors: the words of the index nearest to a word that is not in it."""

from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import is_root, stem
from search.analysis.stopwords import STOPWORDS
from search.understanding.thesaurus import Thesaurus
from search.understanding.vocabulary import Vocabulary

SHORTEST = 4
LONGEST = 32
CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Repair:
    """What a word may have been meant for; `words` are several where a blank was missing."""

    words: tuple[str, ...]
    strength: float


def is_known(word: str, vocabulary: Vocabulary, thesaurus: Thesaurus) -> bool:
    """Whether a word stands in the index, in any form, or in the synonym groups, or is a number."""
    return (
        not word.isalpha()
        or word in vocabulary.words
        or word in thesaurus.words
        or stem(word) in vocabulary.stems
        or stem(word, "en") in vocabulary.stems
        or (stem(word, "en"),) in thesaurus.english
    )


def repairs(word: str, vocabulary: Vocabulary, thesaurus: Thesaurus) -> list[Repair]:
    """The best readings of an unknown word, best first; none when nothing is near."""
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    if parts := _parted(word, vocabulary):
        return [Repair(parts, 0.95)]
    found = _near(word, vocabulary, thesaurus) or _begun(word, vocabulary)
    return found[:CANDIDATES]


def _near(word: str, vocabulary: Vocabulary, thesaurus: Thesaurus) -> list[Repair]:
    allowed, real = _allowed(word), is_root(word)
    pool: list[str] = []
    for length in range(len(word) - allowed, len(word) + allowed + 1):
        pool += vocabulary.by_length.get(length, ())
        pool += thesaurus.by_length.get(length, ())
    ranked = []
    for candidate, distance, _ in process.extract(
        word, pool, scorer=OSA.distance, score_cutoff=allowed, limit=30
    ):
        if candidate in STOPWORDS:
            continue
        # A real word that happens not to occur here is hardly an error: only its very neighbours count.
        if candidate.isalpha() and (not real or (len(word) > 4 and candidate[:2] == word[:2])):
            frequency = vocabulary.words.get(candidate, 0)
            cost = distance - 0.4 * (candidate[0] == word[0]) - min(frequency, 50) / 100
            ranked.append((cost, candidate, distance))
    ranked.sort()
    if not ranked:
        return []
    # Rivals of the best count only when they are as near.
    best = min(distance for _, _, distance in ranked)
    unique = dict.fromkeys((candidate, distance) for _, candidate, distance in ranked if distance == best)
    return [
        Repair((candidate,), (0.9 if place == 0 else 0.5) - 0.1 * (distance - 1))
        for place, (candidate, distance) in enumerate(unique)
    ]


def _allowed(word: str) -> int:
    if is_root(stem(word)) or len(word) < 7:
        return 1
    return 2


def _begun(word: str, vocabulary: Vocabulary) -> list[Repair]:
    """Words that begin with the one typed, commonest first."""
    if len(word) < 5 or is_root(word):
        return []
    longer = [(-vocabulary.words[text], text) for text in vocabulary.beginning_with(word)]
    return [Repair((text,), 0.75) for _, text in sorted(longer)]


def _parted(word: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Two words of the index written together."""
    best: tuple[int, tuple[str, str]] | None = None
    for cut in range(3, len(word) - 2):
        left, right = word[:cut], word[cut:]
        count = min(vocabulary.words.get(left, 0), vocabulary.words.get(right, 0))
        if count and (len(left) > 3 or len(right) > 3) and (best is None or count > best[0]):
            best = count, (left, right)
    return best[1] if best else None
