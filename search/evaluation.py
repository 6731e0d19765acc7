"""How good the search is: nDCG@10 against judged queries."""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from search.types import Query, SearchEngine

CUT = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the grade (1 or 2) of every title that answers it; others are 0."""

    query: str
    language: str
    kind: str
    judgements: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an engine made of one judged query."""

    judged: Judged
    titles: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    outcomes: tuple[Outcome, ...] = field(default_factory=tuple)

    @property
    def overall(self) -> float:
        return _mean([outcome.score for outcome in self.outcomes])

    @property
    def without_results(self) -> tuple[str, ...]:
        return tuple(outcome.judged.query for outcome in self.outcomes if not outcome.titles)

    def by_kind(self) -> dict[str, tuple[float, int]]:
        """Mean score and number of queries of every kind, in the file's order."""
        return self._means(lambda judged: judged.kind)

    def by_language(self) -> dict[str, tuple[float, int]]:
        """Mean score and number of queries of every language they are asked in."""
        return self._means(lambda judged: judged.language)

    def _means(self, group: Callable[[Judged], str]) -> dict[str, tuple[float, int]]:
        groups: dict[str, list[float]] = defaultdict(list)
        for outcome in self.outcomes:
            groups[group(outcome.judged)].append(outcome.score)
        return {name: (_mean(scores), len(scores)) for name, scores in groups.items()}


def read(path: Path) -> list[Judged]:
    """The judged queries of a file. Raises `ValueError` that says which entry is wrong and how."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(entries, list):
        raise ValueError(f"{path}: must hold a list of queries.")
    return [_judged(entry, f"{path}, entry {number}") for number, entry in enumerate(entries, start=1)]


def _judged(entry: object, place: str) -> Judged:
    if not isinstance(entry, dict):
        raise ValueError(f"{place}: must be an object.")
    query, judgements = entry.get("query"), entry.get("judgements")
    if not isinstance(query, str) or not query:
        raise ValueError(f"{place}: “query” must be a text.")
    if not isinstance(judgements, dict) or not all(grade in (0, 1, 2) for grade in judgements.values()):
        raise ValueError(f"{place}: “judgements” must give titles a grade of 0, 1 or 2.")
    return Judged(query, str(entry.get("language", "id")), str(entry.get("kind", "")), judgements)


def gain(grades: Sequence[int]) -> float:
    """Discounted cumulative gain of grades in the order shown: 2^grade - 1 over log2(rank + 1)."""
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def ndcg(titles: Sequence[str], judgements: Mapping[str, int]) -> float:
    """The gain of the first ten titles over that of the best possible ten; 0 for no titles."""
    ideal = gain(sorted(judgements.values(), reverse=True)[:CUT])
    return gain([judgements.get(title, 0) for title in titles[:CUT]]) / ideal if ideal else 0.0


def evaluate(engine: SearchEngine, judged: Sequence[Judged], types: tuple[str, ...] = ()) -> Evaluation:
    """Ask the engine every query."""
    outcomes = []
    for one in judged:
        results = engine.search(Query(text=one.query, language=one.language, types=types, page_size=CUT))
        titles = tuple(hit.title for hit in results.hits)
        outcomes.append(Outcome(one, titles, ndcg(titles, one.judgements)))
    return Evaluation(tuple(outcomes))


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores) if scores else 0.0
