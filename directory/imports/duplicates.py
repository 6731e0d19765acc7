"""Records that may be the same innovation: found by title, owner, region and year, for a person to judge.

Titles are compared with rapidfuzz over their words in order of the alphabet, each in its forms: "AKUWARAS
(Administrasi Kependudukan untuk Warga Denpasar)" is compared whole, without and by its brackets. What tells
editions, versions and places apart counts against likeness: numbers, the region, the owner.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from taxonomy.recognition.text import words

LIKELY = 84.0
# Below this two names have nothing to do with each other: typing errors, versions and additions stay above.
UNLIKE = 60.0
# A block of so many records says nothing: "pelayanan" begins half of all titles.
LARGEST_BLOCK = 300
PREFIX = 5
# Names so short are alike by chance; alone they need the same owner.
SHORT = 9
# What a title is worth that holds all words of another of the same owner.
CONTAINED = 82.0
# Words of the trade, in nobody's name.
_GENERIC = words(
    """inovasi program aplikasi sistem informasi berbasis online digital elektronik layanan pelayanan
    publik gerakan model metode melalui dengan untuk dan di ke yang bagi pada oleh secara"""
)
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it is compared; `owner` and `region` are codes, "" where not recognised."""

    id: int
    title: str
    owner: str = ""
    region: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 to 100, and what speaks for and against, in words."""

    score: float
    why: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


@dataclass(frozen=True, slots=True)
class _Title:
    forms: tuple[str, ...]
    words: tuple[frozenset[str], ...]
    numbers: frozenset[str]
    keys: frozenset[str]


def likeness(one: Entry, other: Entry) -> Likeness:
    """How likely two records are the same innovation."""
    first, second = _title(one.title), _title(other.title)
    score, form = max(
        ((_ratio(a, b), min(a, b, key=len)) for a in first.forms for b in second.forms),
        default=(0.0, ""),
    )
    why = [_("judul %(score)d%% sama") % {"score": round(score)}]
    same_owner = bool(one.owner) and one.owner == other.owner
    if same_owner and score < CONTAINED and _is_contained(first, second):
        score = CONTAINED
        why = [_("judul yang satu memuat yang lain")]
    if first.numbers != second.numbers:
        score -= 25
        why.append(_("angka di judul berbeda"))
    if same_owner:
        score += 6
        why.append(_("pemilik sama"))
    elif one.owner and other.owner:
        score -= 18
        why.append(_("pemilik berbeda"))
    if one.region and other.region and not _is_nested(one.region, other.region):
        score -= 30
        why.append(_("wilayah berbeda"))
    elif len(form) < SHORT and not same_owner:
        score -= 12
        why.append(_("nama pendek"))
    if one.year and other.year and abs(one.year - other.year) > 5:
        score -= 4
        why.append(_("tahun berjauhan"))
    return Likeness(max(0.0, min(100.0, score)), tuple(why))


def is_unlike(name: str, others: Iterable[str], below: float = UNLIKE) -> bool:
    """Whether a name is clearly none of `others`; never where there is nothing to compare."""
    known = [other for other in others if other]
    scores = [likeness(Entry(0, name), Entry(0, other)).score for other in known]
    return bool(name) and bool(known) and max(scores) < below


class DuplicateFinder:
    """Finds likely duplicates among many records: those that share an owner or a rare word are compared."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._by_key: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        for key in _keys(entry):
            self._by_key[key].append(entry)

    def likely(self, entry: Entry, most: int = 3) -> list[tuple[Entry, Likeness]]:
        """The likeliest first; the entry itself is none."""
        candidates: dict[int, Entry] = {}
        for key in _keys(entry):
            block = self._by_key.get(key, ())
            if len(block) <= LARGEST_BLOCK:
                candidates.update((other.id, other) for other in block)
        candidates.pop(entry.id, None)
        found = ((other, likeness(entry, other)) for other in candidates.values())
        likely = [pair for pair in found if pair[1].is_likely]
        ranked = sorted(likely, key=lambda pair: (-pair[1].score, pair[0].id))
        return ranked[:most]


def _is_contained(one: _Title, other: _Title) -> bool:
    """Whether one title has all the words of the other, which has at least three: "... Aceh Singkil"."""
    return any(a <= b or b <= a for a in one.words for b in other.words if min(len(a), len(b)) >= 3)


def _ratio(one: str, other: str) -> float:
    # In the order they are written too: a typing error at a word's beginning changes the sorted one.
    return max(fuzz.token_sort_ratio(one, other), fuzz.ratio(one, other))


def _keys(entry: Entry) -> Iterator[str]:
    if entry.owner:
        yield f"owner:{entry.owner}"
    for key in _title(entry.title).keys:
        yield key
        # A common beginning may still be rare in its region.
        if entry.region:
            yield f"{key}@{entry.region[:2]}"


@lru_cache(200_000)
def _title(text: str) -> _Title:
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    inside = " ".join(_BRACKETS.findall(plain))
    outside = _BRACKETS.sub(" ", plain)
    forms = dict.fromkeys(form for form in map(_form, (plain, outside, inside)) if len(form) >= 4)
    found = _WORD.findall(plain)
    numbers = frozenset(_ROMAN.get(word, word) for word in found if word.isdigit() or word in _ROMAN)
    keys = frozenset(word[:PREFIX] for form in forms for word in form.split() if len(word) >= 4)
    shown = tuple(forms) or (_form(plain) or plain.strip(),)
    return _Title(shown, tuple(frozenset(form.split()) for form in shown), numbers, keys)


def _form(text: str) -> str:
    found = _WORD.findall(text)
    # A title of trade words only keeps them.
    return " ".join([word for word in found if word not in _GENERIC] or found)


def _is_nested(one: str, other: str) -> bool:
    """Whether one region is the other or its province: "35" and "35.78"."""
    return one.startswith(other) or other.startswith(one)
