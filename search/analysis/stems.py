"""Stems of Indonesian and English words; a stem is a key to compare by, not a word to show."""

import re
from functools import cache, lru_cache

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from search.analysis.exceptions import STEMS

# English stems live beside the Indonesian ones in every index, told apart by this prefix.
ENGLISH = "en_"
_STEMMABLE = re.compile(r"[a-z]{4,24}")
_AFFIXED = re.compile(
    r"^(?:me|pe|be|te|di|ke|se|ku|kau)|(?:lah|kah|tah|pun|ku|mu|nya|i|kan|an|is|isme|isasi)$"
)
_ENGLISH_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", ""))


def stem(word: str, language: str = "id") -> str:
    """The index key of a folded word in a language; words of English carry a prefix."""
    if language == "en":
        return ENGLISH + _english(word)
    return _indonesian(word)


# Not around `stem`: with and without its default a word would be worked out twice.
@lru_cache(maxsize=200_000)
def _indonesian(word: str) -> str:
    if word in STEMS:
        return STEMS[word]
    # The stemmer takes a millisecond to find that a word without any affix has none.
    if not _STEMMABLE.fullmatch(word) or not _AFFIXED.search(word):
        return word
    found: str = _stemmer().stem_singular_word(word)
    # One or two letters are no root; the stemmer has taken the word apart.
    return found if len(found) > 2 else word


def is_root(word: str) -> bool:
    """Whether a folded word stands in the dictionary of Indonesian roots."""
    return word in _roots()


@cache
def _roots() -> frozenset[str]:
    return frozenset(StemmerFactory().get_words())


@cache
def _stemmer() -> Stemmer:
    # Not the factory's own stemmer: its cache never forgets a word, and readers type anything.
    return Stemmer(ArrayDictionary([*_roots()]))


def _english(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    for ending, instead in _ENGLISH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)] + instead
    return word
