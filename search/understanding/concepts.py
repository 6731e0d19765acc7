"""From a typed query to concepts: its words, each with everything it may be found under."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis import is_root, stem, tokenize
from search.analysis.stopwords import significance
from search.understanding import copies, repair
from search.understanding.thesaurus import (
    LONGEST,
    RESTATING,
    STRENGTH,
    Kind,
    Link,
    Phrase,
    Thesaurus,
    phrase_key,
)
from search.understanding.vocabulary import Vocabulary

# What is read of a query; the rest of a longer text is left out, and said so.
MAX_CHARACTERS = 400
MAX_WORDS = 16
MAX_VARIANTS = 40
# From this strength on a variant counts as the word itself; below, it only brings a document near.
STRONG = 0.55
# The variants that say how common what a word means is.
RARITY_FROM = 0.8
WEAKEST = 0.15
# What one word of a known phrase (putus sekolah) is worth without the rest.
APART = 0.75


@dataclass(frozen=True, slots=True)
class Variant:
    """A run of stems a document may hold, and how well it stands for the word of the query."""

    stems: Phrase
    strength: float

    @property
    def is_strong(self) -> bool:
        return self.strength >= STRONG


@dataclass(frozen=True, slots=True)
class Concept:
    """One word of the query under its own stem.

    `significance` is 0 for function words; `rarity` nears 0 for a word that is in every document, `share` 1:
    it is the part of all documents that answer the word well.
    """

    word: str
    stem: str
    significance: float
    rarity: float
    share: float
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """`suggestion` is the query with typing errors mended, or empty; `shortened` that not all was read;
    `documents` how many there are in the index."""

    concepts: tuple[Concept, ...]
    suggestion: str
    shortened: bool
    documents: int


def understand(text: str, language: str) -> Understanding:
    """Read a query. Any text will do; without words there are no concepts."""
    vocabulary, thesaurus = copies.current()
    return _Reader(vocabulary, thesaurus, "en" if language == "en" else "id").read(text)


class _Reader:
    def __init__(self, vocabulary: Vocabulary, thesaurus: Thesaurus, language: str) -> None:
        self.vocabulary = vocabulary
        self.thesaurus = thesaurus
        self.language = language

    def read(self, text: str) -> Understanding:
        text = text[: MAX_CHARACTERS + 1]
        tokens = list(tokenize(text[:MAX_CHARACTERS]))
        words = list(dict.fromkeys(word for token in tokens for word in token.words))
        shortened = len(text) > MAX_CHARACTERS or len(words) > MAX_WORDS
        words = words[:MAX_WORDS]
        found: list[dict[Phrase, float]] = [{} for _ in words]
        mended = self._mend(words, found)
        self._written_together(words, found)
        for start, end in _spans(len(words)):
            run = tuple(words[start:end])
            expansions = list(self._expansions(run))
            if expansions and len(run) > 1:
                self._as_unit(run, found[start:end])
            for phrase, strength in expansions:
                for place in range(start, end):
                    _note(found[place], phrase, strength)
        _disentangle(found)
        weights = [self._significance(word) for word in words]
        if not any(weights):
            weights = [1.0] * len(words)
        concepts = tuple(
            self._concept(word, weight, variants)
            for word, weight, variants in zip(words, weights, found, strict=True)
        )
        suggestion = self._suggestion(text, mended)
        return Understanding(concepts, suggestion, shortened, self.vocabulary.documents)

    def _significance(self, word: str) -> float:
        """That of the word, or of the plainest word it is another form of (nyari: cari)."""
        links = (*self.thesaurus.exact.get((word,), ()), *self.thesaurus.links.get((stem(word),), ()))
        same = [
            link.words[0]
            for link in links
            if link.kind in (Kind.COLLOQUIAL, Kind.SPELLING) and len(link.words) == 1
        ]
        return min(map(significance, (word, *same)))

    def _concept(self, word: str, significance: float, variants: dict[Phrase, float]) -> Concept:
        best = _variants(variants)
        found = self._answering(best)
        rarity, share = self.vocabulary.rarity(found), self.vocabulary.share(found)
        return Concept(word, stem(word, self.language), significance, rarity, share, best)

    def _answering(self, variants: tuple[Variant, ...]) -> int:
        """In how many documents at the most stands what answers a word well, all of it together."""
        found = 0
        for variant in variants:
            if variant.strength >= RARITY_FROM:
                found += min(self.vocabulary.stems.get(part, 0) for part in variant.stems)
        return found

    def _mend(self, words: list[str], found: list[dict[Phrase, float]]) -> dict[str, str]:
        """Note each word under its own stems and, where it is unknown, under its likely readings."""
        mended = {}
        for place, word in enumerate(words):
            own, other = ("en", "id") if self.language == "en" else ("id", "en")
            _note(found[place], (stem(word, own),), 1.0)
            _note(found[place], (stem(word, other),), 0.85)
            if repair.is_known(word, self.vocabulary, self.thesaurus):
                continue
            readings = repair.repairs(word, self.vocabulary, self.thesaurus)
            for reading in readings:
                for phrase, strength in self._restated(reading.words, reading.strength):
                    _note(found[place], phrase, strength)
            if readings:
                mended[word] = " ".join(readings[0].words)
                # Longer phrases are looked up under the best reading.
                if len(readings[0].words) == 1:
                    words[place] = readings[0].words[0]
        return mended

    def _restated(self, words: Phrase, strength: float) -> Iterator[tuple[Phrase, float]]:
        yield tuple(stem(word) for word in words), strength
        for phrase, part in self._expansions(words):
            yield phrase, part * strength

    def _written_together(self, words: list[str], found: list[dict[Phrase, float]]) -> None:
        for place in range(len(words) - 1):
            joined = words[place] + words[place + 1]
            if joined in self.vocabulary.words:
                for each in (place, place + 1):
                    _note(found[each], (stem(joined),), 1.0)

    def _as_unit(self, run: Phrase, found: list[dict[Phrase, float]]) -> None:
        """A run of words known as one thing: its words apart are a weaker match than the whole."""
        whole = tuple(stem(word, self.language) for word in run)
        for word, variants in zip(run, found, strict=True):
            own = (stem(word, self.language),)
            variants[own] = min(variants.get(own, 0.0), APART)
            _note(variants, whole, 1.0)

    def _expansions(self, words: Phrase) -> Iterator[tuple[Phrase, float]]:
        """What the synonym groups say of a phrase; what only restates it is looked up once more."""
        for link in self._links(words):
            strength = STRENGTH[link.kind]
            yield link.target, strength
            if link.kind in RESTATING:
                for further in self._links(link.words, indonesian=True):
                    if further.kind != Kind.COLLOQUIAL:
                        yield further.target, strength * STRENGTH[further.kind]

    def _links(self, words: Phrase, indonesian: bool = False) -> Iterator[Link]:
        yield from self.thesaurus.links.get(phrase_key(words), ())
        yield from self.thesaurus.exact.get(words, ())
        if not indonesian and (self.language == "en" or not any(map(self._is_indonesian, words))):
            yield from self.thesaurus.english.get(phrase_key(words, "en"), ())

    def _is_indonesian(self, word: str) -> bool:
        return is_root(word) or stem(word) in self.vocabulary.stems

    def _suggestion(self, text: str, mended: dict[str, str]) -> str:
        if not mended:
            return ""
        words = [mended.get(word, word) for token in tokenize(text[:MAX_CHARACTERS]) for word in token.words]
        return " ".join(words)


def _spans(count: int) -> Iterator[tuple[int, int]]:
    for start in range(count):
        for end in range(start + 1, min(count, start + LONGEST) + 1):
            yield start, end


def _note(variants: dict[Phrase, float], phrase: Phrase, strength: float) -> None:
    if strength > variants.get(phrase, WEAKEST):
        variants[phrase] = strength


def _disentangle(found: list[dict[Phrase, float]]) -> None:
    """Let no word of a query be answered by what another one asks for: one find, one answer.

    Without this, "disability employment" finds all about work where disability is linked to work.
    """
    for place, variants in enumerate(found):
        others = [other for number, other in enumerate(found) if number != place]
        for phrase, strength in list(variants.items()):
            elsewhere = max((other.get(phrase, 0.0) for other in others), default=0.0)
            if strength < STRONG <= elsewhere or strength < elsewhere == 1.0:
                del variants[phrase]


def _variants(found: dict[Phrase, float]) -> tuple[Variant, ...]:
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MAX_VARIANTS]
    return tuple(Variant(phrase, strength) for phrase, strength in best)
