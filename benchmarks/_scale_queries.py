"""One mix of queries, asked by the engine and by a bare client in turn."""

import gc
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from benchmarks._elasticsearch import Bare
from benchmarks.search_latency import FACETS, summary, vocabulary
from search import index, limits
from search.analysis import stem
from search.analysis.stopwords import significance
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.answer import total
from search.engines.elasticsearch.connection import Connection, patient
from search.engines.elasticsearch.mapping import live_alias
from search.engines.elasticsearch.page import requests
from search.models import SynonymGroup, Word
from search.types import Query, Sort
from search.understanding import understand

# Ranks in the vocabulary, commonest first. Some 2,200 of the words are real ones with synonyms.
COMMON, MIDDLE, RARE = (0, 150), (150, 2_200), (5_000, 17_000)
LANDING = "no words, no filters"
FIVE, SEVEN = "five common words", "seven common words"
# All kinds together, but for these: no query of the relevance set has more than four telling words, and the
# server keeps the counts of the page without words.
ALL, OUTSIDE = "all eleven kinds", (FIVE, SEVEN, LANDING)
UNMEASURED_ROUNDS = 3


class Draw:
    """Words of a frequency and filters, other ones at every draw."""

    def __init__(self) -> None:
        self.pool = vocabulary(random.Random(20))
        terms = SynonymGroup.objects.filter(kind=SynonymGroup.Kind.GLOSSARY).values_list("terms", flat=True)
        self.english = sorted(term for term in terms if term.isalpha())
        self.chance = random.Random(30)

    def words(self, band: tuple[int, int], count: int) -> str:
        telling = [word for word in self.pool[slice(*band)] if significance(word.lower()) == 1]
        return " ".join(self.chance.sample(telling, count))

    def mistyped(self, count: int) -> str:
        """Each word with two letters in the wrong order."""
        found = []
        for word in self.words(MIDDLE, count).split():
            place = self.chance.randrange(1, len(word))
            found.append(word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :])
        return " ".join(found)

    def filters(self) -> dict[str, tuple[str, ...]]:
        """Three values of one facet and one of another."""
        provinces = self.chance.sample(range(FACETS["province"]), 3)
        year = self.chance.randrange(FACETS["year"])
        return {"province": tuple(map(str, provinces)), "year": (str(year),)}

    def queries(self) -> dict[str, Query]:
        """One round of the mix."""
        base: dict[str, Any] = {
            "types": ("innovation",),
            "facets": tuple(FACETS),
            "exclude": {"status": ("3",)},
            "count_types": False,
        }
        english = " ".join(self.chance.sample(self.english, 2))
        return {
            LANDING: Query(**base),
            "no words, two filters": Query(**base, filters=self.filters()),
            "one rare word": Query(self.words(RARE, 1), **base),
            "one word": Query(self.words(MIDDLE, 1), **base),
            "one common word": Query(self.words(COMMON, 1), **base),
            "three words": Query(self.words(MIDDLE, 3), **base),
            "three words, page 2": Query(self.words(MIDDLE, 3), **base, page=2),
            "three words, two filters": Query(self.words(MIDDLE, 3), **base, filters=self.filters()),
            "four common words": Query(self.words(COMMON, 4), **base),
            FIVE: Query(self.words(COMMON, 5), **base),
            SEVEN: Query(self.words(COMMON, 7), **base),
            "two common words, newest first": Query(self.words(COMMON, 2), **base, sort=Sort.NEWEST),
            "three words, typing errors": Query(self.mistyped(3), **base),
            "two English words": Query(english, **base, language="en"),
        }


@dataclass(slots=True)
class Times:
    """Milliseconds of one kind of query."""

    engine: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    found: list[int] = field(default_factory=list)


class Mix:
    """Rounds of the mix, asked of one server, and how long they took."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._draw, self._bare = Draw(), Bare(connection.url)
        self._alias = live_alias(connection, index.facet_names())
        self._times: dict[str, Times] = {}
        self._rounds = 0
        as_after_a_while()

    def ask_round(self) -> None:
        """Every query once, by the engine and by the bare client."""
        self._rounds += 1
        for name, query in self._draw.queries().items():
            measured = self._rounds > UNMEASURED_ROUNDS
            noted = self._times.setdefault(name, Times()) if measured else Times()
            lines, rest = _lines(query)
            asked: list[Callable[[], None]] = [
                lambda query=query, noted=noted: _ask_engine(query, noted),
                lambda lines=lines, rest=rest, noted=noted: self._ask_bare(lines, rest, noted),
            ]
            # Whoever comes second finds what the first one has left in the server's caches.
            for ask in asked if self._rounds % 2 else reversed(asked):
                if name != LANDING:
                    patient(self._connection).indices.clear_cache(index=self._alias, request=True)
                ask()

    def _ask_bare(self, lines: bytes, rest: bytes, noted: Times) -> None:
        began = time.perf_counter()
        found = self._bare.post(f"/{self._alias}/_msearch", lines)
        if rest and total(orjson.loads(found)["responses"][0]) < limits.NEAREST:
            self._bare.post(f"/{self._alias}/_msearch", rest)
        noted.bare.append((time.perf_counter() - began) * 1000)

    def show(self) -> dict[str, float]:
        """Prints the times; returns the p95 of the engine's calls by kind, and of all but `OUTSIDE`."""
        inside = {name: noted for name, noted in self._times.items() if name not in OUTSIDE}
        everything = Times(
            [time for noted in inside.values() for time in noted.engine],
            [time for noted in inside.values() for time in noted.bare],
        )
        outside = {name: self._times[name] for name in OUTSIDE}
        shown = {**inside, ALL: everything, **outside}
        for name, noted in shown.items():
            if name == OUTSIDE[0]:
                print("outside of these:")
            show(name, noted)
        ratio = p95(everything.engine) / p95(everything.bare)
        print(f"p95 of {ALL}: of the engine {ratio:.2f} times that of the bare request")
        return {name: p95(noted.engine) for name, noted in shown.items()}


def as_after_a_while() -> None:
    """A web process has met most words; `cms.wsgi` has put what it began with out of the collector's way."""
    for word in Word.objects.values_list("text", flat=True):
        stem(word)
    gc.collect()
    gc.freeze()


def show(name: str, times: Times) -> None:
    found = f"{round(statistics.median(times.found)):>7} found" if times.found else f"{'':13}"
    print(f"{name:<31} {found}  engine {summary(times.engine)}  bare {summary(times.bare)}")


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


def _ask_engine(query: Query, noted: Times) -> None:
    began = time.perf_counter()
    results = ElasticsearchEngine().search(query)
    noted.engine.append((time.perf_counter() - began) * 1000)
    noted.found.append(results.total)


def _lines(query: Query) -> tuple[bytes, bytes]:
    """The request the engine sends for a query, and the one it sends after it where too few are found."""
    asked = requests(query, understand(query.text, query.language))
    return _written(asked.at_once), _written(asked.afterwards)


def _written(bodies: Sequence[dict[str, Any]]) -> bytes:
    parts = (part for body in bodies for part in ({"allow_partial_search_results": False}, body))
    return b"".join(orjson.dumps(part) + b"\n" for part in parts)
