"""A copy in memory of the synonym groups, arranged for looking up a run of a query's words."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search.analysis import stem, tokenize
from search.analysis.stopwords import STOPWORDS
from search.models import SynonymGroup

Phrase = tuple[str, ...]
Kind = SynonymGroup.Kind

# How good a stand-in each kind of link is; what is at least `search.understanding.STRONG` counts as a match.
STRENGTH = {
    Kind.SPELLING: 1.0,
    Kind.ACRONYM: 0.95,
    Kind.PLACE: 0.95,
    Kind.COLLOQUIAL: 0.9,
    Kind.GLOSSARY: 0.95,
    Kind.SYNONYM: 0.7,
    Kind.NARROWER: 0.6,
    Kind.RELATED: 0.35,
}
# Links that only change how a thing is written or said: what they lead to is looked up once more.
RESTATING = frozenset({Kind.SPELLING, Kind.ACRONYM, Kind.PLACE, Kind.COLLOQUIAL, Kind.GLOSSARY})
LONGEST = 6


@dataclass(frozen=True, slots=True)
class Link:
    """From a looked-up phrase to stems that documents may hold instead."""

    kind: Kind
    target: Phrase
    # The target as words to look up again.
    words: Phrase


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """`links` is looked up by the stems of a phrase, `exact` by its words, `english` by its English stems.

    `words` are all single words known here: none of them is a typing error.
    """

    links: dict[Phrase, list[Link]]
    exact: dict[Phrase, list[Link]]
    english: dict[Phrase, list[Link]]
    words: frozenset[str]
    by_length: dict[int, list[str]]


def phrase_key(words: Iterable[str], language: str = "id") -> Phrase:
    """Stems of words, function words left out where something else remains."""
    folded = [*words]
    telling = [word for word in folded if word not in STOPWORDS] or folded
    return tuple(stem(word, language) for word in telling)


def _english_key(words: Phrase) -> Phrase:
    return phrase_key(words, "en")


def load() -> Thesaurus:
    links: dict[Phrase, list[Link]] = defaultdict(list)
    exact: dict[Phrase, list[Link]] = defaultdict(list)
    english: dict[Phrase, list[Link]] = defaultdict(list)
    known: set[str] = set()
    for row in SynonymGroup.objects.filter(is_active=True).only("kind", "terms", "members"):
        kind = Kind(row.kind)
        heads, members = split(row.terms), split(row.members)
        known.update(word for phrase in (*heads, *members) for word in phrase)
        if kind == Kind.GLOSSARY:
            _connect(english, kind, heads, members, _english_key)
        elif kind == Kind.COLLOQUIAL:
            _connect(exact, kind, heads, members, tuple)
        else:
            _connect(links, kind, heads, members, phrase_key)
            if kind in SynonymGroup.MUTUAL:
                everyone = [*heads, *members]
                for member in members:
                    _connect(
                        links, kind, [member], [other for other in everyone if other != member], phrase_key
                    )
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in sorted(known):
        by_length[len(word)].append(word)
    return Thesaurus(dict(links), dict(exact), dict(english), frozenset(known), dict(by_length))


def split(text: str) -> list[Phrase]:
    """The phrases of a cell, each as folded words."""
    phrases = (tuple(word for token in tokenize(part) for word in token.words) for part in text.split("|"))
    return [phrase for phrase in phrases if phrase]


def _connect(
    table: dict[Phrase, list[Link]],
    kind: Kind,
    heads: Iterable[Phrase],
    members: Iterable[Phrase],
    key: Callable[[Phrase], Phrase],
) -> None:
    for head in heads:
        looked_up = key(head)
        if len(looked_up) > LONGEST:
            continue
        for member in members:
            target = tuple(stem(word) for word in member)
            if target != looked_up:
                table[looked_up].append(Link(kind, target, member))
