"""Text as words: folded for comparing, with their place in the original and the breaks between them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+")
# Punctuation after which another thing begins; a slash, point or hyphen within a name is none.
BREAK = re.compile(r"[,;:()\[\]{}\n\r\t|•\"“”]|\s[-–—/]+\s|[–—]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word. `breaks` is true when a break stands between it and the word before."""

    word: str
    original: str
    start: int
    end: int
    breaks: bool


def fold(text: str) -> str:
    """Lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def tokenise(text: str) -> list[Token]:
    """All words of a text, in order."""
    tokens: list[Token] = []
    end = 0
    for match in WORD.finditer(text):
        breaks = bool(tokens) and BREAK.search(text, end, match.start()) is not None
        tokens.append(Token(fold(match.group()), match.group(), match.start(), match.end(), breaks))
        end = match.end()
    return tokens


def joined(tokens: Sequence[Token] | str) -> str:
    """The words without spaces: "Gunung Kidul" and "Gunungkidul" are one name."""
    if isinstance(tokens, str):
        tokens = tokenise(tokens)
    return "".join(token.word for token in tokens)


def words(text: str) -> frozenset[str]:
    """A word list, written as one text."""
    return frozenset(text.split())
