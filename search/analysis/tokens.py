"""From text to words: folding, splitting, and the parts of words written together."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search.analysis.exceptions import TOGETHER

# Longer runs of letters are no words; they are cut so that no table grows with them.
MAX_TOKEN_LENGTH = 48

_WORD = re.compile(r"[^\W_]+(?:[-.'’&/][^\W_]+)*")
_JOINT = re.compile(r"[-.'’&/]+")
# With what a pair that means one thing begins: most words need no second look.
_BEGINNINGS = frozenset(first for first, _second in TOGETHER)
# petaBencana, KTPku, TPS3R: where a word's parts meet.
_PARTS = re.compile(r"[A-Z]{2,}(?=[a-z]{1,3}$)|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


class Token(NamedTuple):
    """A word as written (`start` to `end` in the text) and the folded words it can be found under.

    `words` has the word itself first, or its parts in order where joints divide it; `also` has further
    forms that stand at the same place: the whole written together, or the parts of a compound.
    """

    start: int
    end: int
    words: tuple[str, ...]
    also: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Lower-case `text`, without accents and without compatibility forms (ﬁ, ², full-width)."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def tokenize(text: str) -> Iterator[Token]:
    """The words of `text` in order. Any text will do; what is not a letter or digit divides.

    Pairs of words that mean one thing together (rumah sakit) come as one word: rumahsakit.
    """
    waiting: Token | None = None
    for match in _WORD.finditer(text):
        words, also = _known_forms(match.group())
        if not words:
            continue
        token = Token(match.start(), match.end(), words, also)
        if waiting is None:
            waiting = token
        elif (
            waiting.words[0] in _BEGINNINGS
            and (*waiting.words, *token.words) in TOGETHER
            and text[waiting.end : token.start].isspace()
        ):
            yield Token(waiting.start, token.end, (waiting.words[0] + token.words[0],))
            waiting = None
        else:
            yield waiting
            waiting = token
    if waiting is not None:
        yield waiting


def written_words(text: str) -> list[str]:
    """The words of `text`, as they are written."""
    return _WORD.findall(text)


def forms(written: str) -> list[str]:
    """The folded words a word can be found under, together with whichever next one too."""
    words, also = _known_forms(written)
    pairs = [pair for pair in TOGETHER if pair[0] in words] if _BEGINNINGS.intersection(words) else []
    return [*words, *also, *("".join(pair) for pair in pairs)]


def _known_forms(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    # Runs of letters without end are not remembered: no text may fill the memory.
    return _remembered_forms(written) if len(written) <= MAX_TOKEN_LENGTH else _forms(written)


def _forms(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a word can be found under: `Token.words` and `Token.also`. Most words come again and again."""
    if written.isascii() and written.isalpha() and (written.islower() or written[1:].islower()):
        # Nearly all words are plain; this saves most of the time.
        return (written.lower()[:MAX_TOKEN_LENGTH],), ()
    pieces = [piece for piece in _JOINT.split(written) if piece]
    words = tuple(word for word in map(_clean, pieces) if word)
    also: list[str] = []
    if len(words) > 1:
        # Reduplication (anak-anak) is one word; other joints also count written together (e-KTP, ektp).
        if len(set(words)) == 1:
            words = words[:1]
        else:
            also.append(_clean("".join(pieces)))
    for piece in pieces:
        also += _compound_parts(piece)
    return words, tuple(dict.fromkeys(form for form in also if form not in words))


_remembered_forms = lru_cache(maxsize=50_000)(_forms)


def _clean(piece: str) -> str:
    # Folding may leave marks that are neither letter nor digit; indexes would divide words there.
    return "".join(filter(str.isalnum, fold(piece)))[:MAX_TOKEN_LENGTH]


def _compound_parts(piece: str) -> list[str]:
    if not piece.isascii() or piece.islower() or piece.isupper() or len(piece) < 4:
        return []
    parts = _PARTS.findall(piece)
    return [_clean(part) for part in parts if len(part) > 1] if len(parts) > 1 else []
