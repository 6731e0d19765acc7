"""How alike two documents are, and in what, computed alike for every engine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.analysis import stem, tokenize
from search.analysis.stopwords import significance
from search.engines.snippets import best_language
from search.models import SearchDocument
from search.textindex import HEAD
from search.types import Similar, Word
from search.understanding.vocabulary import Vocabulary

# Words that more of the documents hold tell nothing of what one is about; a word of one document alone
# finds no other.
MOST_OF_ALL = 0.1
FEWEST = 2
TERMS = 25
SHOWN_WORDS = 3
# What sharing a value of a facet adds; words alone reach 1 at most.
FACET_BONUS = 0.15
# Less in common is no likeness worth a reader's time.
LEAST_WORDS = 2
LEAST_SCORE = 0.12
# How many of the engine's first guesses are compared.
CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the document as written, its stem, and how telling it is (0 to 1)."""

    word: Word
    stem: str
    rarity: float


def asked_for(key: str) -> SearchDocument | None:
    """The visible document of a key, if there is one."""
    if "\0" in key:  # which PostgreSQL does not take
        return None
    return SearchDocument.objects.filter(key=key, visible=True).first()


def terms(row: SearchDocument, vocabulary: Vocabulary) -> list[Term]:
    """What a document is about: the most telling words of its head, the most telling first."""
    found: dict[str, Term] = {}
    most = max(int(vocabulary.documents * MOST_OF_ALL), 5)
    for field in HEAD:
        for language, text in row.texts.get(field, {}).items():
            for token in tokenize(text):
                word = token.words[0]
                root = stem(word, language)
                documents = vocabulary.stems.get(root, 0)
                if root in found or not FEWEST <= documents <= most or significance(word) < 1:
                    continue
                if word.isalpha() and len(word) > 2:
                    written = Word(text[token.start : token.end], language)
                    found[root] = Term(written, root, vocabulary.rarity(documents))
    return sorted(found.values(), key=lambda term: -term.rarity)[:TERMS]


def best(
    asked: SearchDocument,
    wanted: Sequence[Term],
    candidates: Iterable[tuple[SearchDocument, Sequence[str]]],
    facets: Sequence[str],
    language: str,
    limit: int,
) -> list[Similar]:
    """The most similar of these other documents, each given with its stems by field, the likest first."""
    possible = sum(term.rarity for term in wanted) or 1.0
    found: list[tuple[float, Similar]] = []
    for row, stems in candidates:
        held = frozenset(" ".join(stems[: len(HEAD)]).split())
        words = [term for term in wanted if term.stem in held]
        shared = _shared(asked.facets, row.facets, facets)
        score = sum(term.rarity for term in words) / possible + FACET_BONUS * len(shared)
        if len(words) >= LEAST_WORDS and score >= LEAST_SCORE:
            found.append((score, _similar(row, words, shared, language)))
    found.sort(key=lambda pair: (-pair[0], pair[1].key))
    return [similar for _score, similar in found[:limit]]


def _shared(
    one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]], facets: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    both = {name: tuple(v for v in one.get(name, ()) if v in other.get(name, ())) for name in facets}
    return {name: values for name, values in both.items() if values}


def _similar(
    row: SearchDocument, words: Sequence[Term], shared: dict[str, tuple[str, ...]], language: str
) -> Similar:
    shown = best_language(row.texts, language)
    return Similar(
        key=row.key,
        object_id=row.object_id,
        title=row.texts.get("title", {}).get(shown, ""),
        language=shown,
        data=row.data,
        words=tuple(term.word for term in words[:SHOWN_WORDS]),
        facets=shared,
    )
