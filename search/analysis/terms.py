"""From a document's texts to what an index keeps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat

from search.analysis.stems import stem
from search.analysis.tokens import MAX_TOKEN_LENGTH, Token, forms, tokenize, written_words

Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Analysed:
    """`stems` by field in reading order, all languages; `words` each with its stem ("pelayanan layan")."""

    stems: dict[str, list[str]]
    words: frozenset[str]


def index_terms(token: Token, language: str) -> tuple[str, ...]:
    """The stems a token is indexed under."""
    return _stems(token.words, token.also, language)


def possible_terms(text: str, language: str) -> Iterator[str]:
    """All the stems `text` is indexed under, and perhaps some more: those of pairs of words (rumah sakit) of
    which only the first may be there."""
    written = set(written_words(text))
    long = {word for word in written if len(word) > MAX_TOKEN_LENGTH}
    for word in long:
        yield from _written_stems.__wrapped__(word, language)
    yield from chain.from_iterable(map(_written_stems, written - long, repeat(language)))


@lru_cache(maxsize=50_000)
def _written_stems(written: str, language: str) -> tuple[str, ...]:
    return tuple(stem(word, language) for word in forms(written))


# Words come again and again; tokens are short (`tokens.MAX_TOKEN_LENGTH`).
@lru_cache(maxsize=50_000)
def _stems(words: tuple[str, ...], also: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(stem(word, language) for word in (*words, *also))


def analysed(texts: Texts) -> Analysed:
    """What to index of texts by field and language."""
    stems: dict[str, list[str]] = {}
    words: set[str] = set()
    for field, languages in texts.items():
        found = stems.setdefault(field, [])
        for language, text in languages.items():
            for token in tokenize(text):
                for word in (*token.words, *token.also):
                    root = stem(word, language)
                    found.append(root)
                    words.add(f"{word} {root}")
    return Analysed(stems, frozenset(words))
