"""Names a reader may go on with while typing: apps register kinds of them, a copy in memory is searched.

Kept at most `SECONDS` without a look at whether documents have changed, and read anew when they have: what
has names follows the documents, since only what leads to some is named.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Max
from django.utils.functional import Promise

from search.analysis import line, typed_words
from search.models import OutboxEntry, SearchState

SECONDS = 300


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name and an address, each by language; `others` are further names it goes by.

    Offered in the languages it has a name in; `found` is how much it leads to, 0 where that is not counted.
    """

    labels: Mapping[str, str]
    addresses: Mapping[str, str]
    others: tuple[str, ...] = ()
    found: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """`name` is the one of its names that was typed, where that is not what it is called here."""

    label: str
    url: str
    name: str
    rank: tuple[bool, bool, int, int, str]


# Everything of a kind there is now, in a constant number of queries.
Provider = Callable[[], Iterable[Named]]


@dataclass(frozen=True, slots=True)
class _Kind:
    label: str | Promise
    provider: Provider


@dataclass(slots=True)
class _Copy:
    """`kinds` holds for each thing its names, each with its line of words."""

    token: tuple[object, ...]
    checked: float
    kinds: dict[str, list[tuple[Named, list[tuple[str, str]]]]]


_kinds: dict[str, _Kind] = {}
_copy: _Copy | None = None
_renewing = threading.Lock()


def register(kind: str, label: str | Promise, provider: Provider) -> None:
    """Offer names of a kind to who types; called in `AppConfig.ready`. `label` names one of the kind."""
    _kinds[kind] = _Kind(label, provider)


def label_of(kind: str) -> str:
    return str(_kinds[kind].label)


def find(text: str, language: str, limit: int) -> dict[str, list[Match]]:
    """By kind, in the order of registration, the best `limit` things with a name that goes on from `text`.

    As with titles: each word typed begins a word of the name. Best is a name that begins with what was
    typed, then what it is called now before other names, then what leads to most, then a short name.
    """
    words = tuple(f" {word}" for word in typed_words(text))
    if not words:
        return {}
    start = "".join(words)
    found = {}
    for kind, things in _current().kinds.items():
        matches = (_match(thing, names, words, start, language) for thing, names in things)
        best = sorted((match for match in matches if match), key=attrgetter("rank"))[:limit]
        if best:
            found[kind] = best
    return found


def forget() -> None:
    """Read everything anew when it is next asked for."""
    global _copy
    _copy = None


def _match(
    thing: Named, names: list[tuple[str, str]], words: tuple[str, ...], start: str, language: str
) -> Match | None:
    label = thing.labels.get(language)
    if not label:
        return None
    fitting = [
        (not words_of.startswith(start), name != label, -thing.found, len(name), name)
        for name, words_of in names
        if all(word in words_of for word in words)
    ]
    if not fitting:
        return None
    best = min(fitting)
    own = any(name == label for *_rest, name in fitting)
    url = thing.addresses.get(language) or next(iter(thing.addresses.values()), "")
    return Match(label, url, "" if own else best[-1], best)


def _current() -> _Copy:
    global _copy
    held = _copy
    if held is None:
        with _renewing:
            _copy = held = _copy or _load(_token())
    elif time.monotonic() - held.checked > SECONDS and _renewing.acquire(blocking=False):
        # The others are answered from the old copy meanwhile.
        try:
            token = _token()
            if token == held.token and token:
                held.checked = time.monotonic()
            else:
                _copy = held = _load(token)
        finally:
            _renewing.release()
    return held


def _token() -> tuple[object, ...]:
    documents = OutboxEntry.state()
    # What names lead to may be counted by an outside engine, which learns of a change a little later.
    passed_on = OutboxEntry.objects.aggregate(Max("sent_at"))["sent_at__max"]
    synonyms = SearchState.objects.filter(pk=1).values_list("synonyms", flat=True).first()
    return (*documents, passed_on, synonyms) if documents else ()


def _load(token: tuple[object, ...]) -> _Copy:
    kinds = {}
    for kind, registered in _kinds.items():
        kinds[kind] = [(thing, _lines(thing)) for thing in registered.provider()]
    return _Copy(token, time.monotonic(), kinds)


def _lines(thing: Named) -> list[tuple[str, str]]:
    names = dict.fromkeys((*thing.labels.values(), *thing.others))
    return [(name, line(name)) for name in names if name]
