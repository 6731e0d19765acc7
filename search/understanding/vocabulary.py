"""A copy in memory of the words in the index, renewed when they change."""

import math
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice, takewhile

from search.models import SearchDocument, Word


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`words` and `stems` map to the number of documents; the rest serves the search for near words."""

    documents: int
    words: dict[str, int]
    stems: dict[str, int]
    by_length: dict[int, list[str]]
    ordered: list[str]

    def beginning_with(self, start: str) -> list[str]:
        """Longer words with this beginning."""
        first = bisect_right(self.ordered, start)
        return list(takewhile(lambda word: word.startswith(start), islice(self.ordered, first, None)))

    def rarity(self, documents: int) -> float:
        """How telling it is to be among so many documents, from nearly 0 (all of them) to 1 (one)."""
        total = max(self.documents, 2)
        found = min(max(documents, 1), total)
        return math.log(1 + total / found) / math.log(1 + total)

    def share(self, documents: int) -> float:
        """Which part of all documents so many are, at the most all."""
        return min(documents / max(self.documents, 1), 1.0)


def load() -> Vocabulary:
    words: dict[str, int] = defaultdict(int)
    stems: dict[str, int] = defaultdict(int)
    for text, stem, documents in Word.objects.filter(documents__gt=0).values_list(
        "text", "stem", "documents"
    ):
        words[text] += documents
        stems[stem] += documents
    by_length: dict[int, list[str]] = defaultdict(list)
    for text in words:
        by_length[len(text)].append(text)
    documents = SearchDocument.objects.filter(visible=True).count()
    return Vocabulary(documents, dict(words), dict(stems), dict(by_length), sorted(words))
