"""All engines give the same answers, and count what a naive count finds, over a thousand random queries."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from unittest.mock import patch

import pytest

from search import engines, index, limits
from search.engines.elasticsearch import ElasticsearchEngine, expectation
from search.engines.elasticsearch.connection import Connection
from search.index import TYPE_FACET
from search.types import Document, Hit, Query, Results, SearchEngine, Sort
from search.upkeep import outbox
from tests.factories.search import document, store

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

DOCUMENTS = 300
QUERIES = 1_000
# Every so many queries one count is held against a search in which its value is the only one chosen.
SEARCHED_EVERY = 4
VALUES = "abcdef"
TYPES = ("innovation", "news")
WORDS = (
    "sampah", "bank", "plastik", "desa", "air", "bersih", "puskesmas", "stunting", "balita", "gizi", "ibu",
    "hamil", "sekolah", "anak", "guru", "petani", "koperasi", "wisata", "pasar", "nelayan", "izin", "usaha",
    "digital", "layanan", "keliling", "kapal", "antar", "jemput", "lansia", "difabel",
)  # fmt: skip
TEXTS = (
    "", "", "", "sampah", "bank sampah", "pengelolaan sampah plastik desa", "gizi buruk", "nelayan", "ktp",
    "layanan antar jemput lansia dan difabel", "pelayanan kesehatan ibu hamil dan balita di desa",
    "puskemas keliling", "sekola anak", "waste bank", "clean water", "untuk yang dan", "zzzz qqqq",
    "izin usaha digital",
)  # fmt: skip


class ExpectingMuch(ElasticsearchEngine):
    """Asks as it would of a large index, where it can."""

    def search(self, query: Query) -> Results:
        with patch.object(expectation, "expected_matches", return_value=limits.NEAREST):
            return super().search(query)


class Naive:
    """Documents as bits of a number, counted by the definition of a facet's count."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self.holding: dict[tuple[str, str], int] = {}
        for place, one in enumerate(documents):
            for name, values in {**one.facets, TYPE_FACET: (one.type,)}.items():
                for value in values:
                    self.holding[name, value] = self.holding.get((name, value), 0) | 1 << place

    def bits(self, object_ids: Iterable[int]) -> int:
        wanted = set(object_ids)
        return sum(1 << place for place, one in enumerate(self.documents) if one.object_id in wanted)

    def passing(self, query: Query, **changed: tuple[str, ...]) -> int:
        """Who passes the filters with some facets' choice changed."""
        filters = {**query.filters, **({TYPE_FACET: query.types} if query.types else {}), **changed}
        found = (1 << len(self.documents)) - 1
        for name, values in filters.items():
            if values:
                found &= self.any_of(name, values)
        for name, values in query.exclude.items():
            found &= ~self.any_of(name, set(values).difference(filters.get(name, ())))
        return found

    def counts(self, query: Query, matched: int) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {name: {} for name in (TYPE_FACET, *query.facets)}
        for name, value in self.holding:
            if number := (matched & self.passing(query, **{name: (value,)})).bit_count():
                counts[name][value] = number
        return counts

    def any_of(self, name: str, values: Iterable[str]) -> int:
        found = 0
        for value in values:
            found |= self.holding.get((name, value), 0)
        return found


@pytest.fixture
def asked(
    elasticsearch: Connection, supplied_synonyms: None
) -> tuple[list[Document], dict[str, SearchEngine]]:
    """Some documents, the hidden ones left out, and the engines that know them all."""
    stored = list(_documents(random.Random(8)))
    store(*stored)
    outbox.pass_all_on(elasticsearch)
    visible = [one for one in stored if one.visible]
    return visible, {
        "database": engines.engine("database"),
        "elasticsearch": ElasticsearchEngine(),
        "elasticsearch, expecting much": ExpectingMuch(),
    }


def test_engines__agree_over_random_queries(asked: tuple[list[Document], dict[str, SearchEngine]]) -> None:
    documents, all_ = asked
    naive, chance = Naive(documents), random.Random(9)
    matched = {text: _matched(naive, all_, text) for text in dict.fromkeys(TEXTS)}
    for number, query in enumerate(_queries(chance)):
        answers = {name: engine.search(query) for name, engine in all_.items()}
        expected = naive.counts(query, matched[query.text])
        for name, results in answers.items():
            passing = matched[query.text] & naive.passing(query)
            assert results.total == passing.bit_count(), (number, name, query)
            assert _counts(results) == expected, (number, name, query)
            assert results.alternatives == tuple(
                (matched[query.text] & naive.passing(replace(query, filters=filters))).bit_count()
                for filters in query.alternatives
            ), (number, name, query)
        first, *others = answers.values()
        for other in others:
            _same_first_page(first, other, number, query)
        if number % SEARCHED_EVERY == 0 and (chosen := _one_count(chance, expected)):
            facet, value, count = chosen
            alone = replace(query, filters={**query.filters, facet: (value,)})
            for name, engine in all_.items():
                assert engine.search(alone).total == count, (number, name, alone)


def _documents(chance: random.Random) -> Iterator[Document]:
    names = index.facet_names()
    for number in range(DOCUMENTS):
        yield document(
            " ".join(chance.sample(WORDS, chance.randint(1, 4))),
            keywords=" ".join(chance.sample(WORDS, chance.randint(0, 3))),
            summary=" ".join(chance.sample(WORDS, chance.randint(0, 6))),
            body=" ".join(chance.sample(WORDS, chance.randint(0, 9))),
            key=f"x:{number}",
            type=chance.choice(TYPES),
            facets={name: _some(chance, most=2) for name in names},
            date=f"{chance.randint(2015, 2025)}-01-01",
            evidence=chance.randrange(4),
            replications=chance.randrange(3),
            visible=number % 15 != 14,
        )


def _queries(chance: random.Random) -> Iterator[Query]:
    names = index.facet_names()

    def choice(most: int) -> dict[str, tuple[str, ...]]:
        # A value that no document has, and no value at all, are choices too.
        return {name: _some(chance, most=3, of=f"{VALUES}x") for name in chance.sample(names, most)}

    for _number in range(QUERIES):
        yield Query(
            chance.choice(TEXTS),
            types=chance.choice(((), (), TYPES[:1], TYPES)),
            filters=choice(chance.randrange(4)),
            exclude=choice(chance.randrange(3)),
            facets=names,
            sort=chance.choice((Sort.RELEVANCE, Sort.RELEVANCE, *Sort)),
            alternatives=tuple(choice(chance.randrange(3)) for _ in range(chance.randrange(3))),
        )


def _some(chance: random.Random, most: int, of: str = VALUES) -> tuple[str, ...]:
    return tuple(chance.sample(of, chance.randint(0, most)))


def _matched(naive: Naive, all_: dict[str, SearchEngine], text: str) -> int:
    """Who matches the words, without any filter."""
    first, *others = (naive.bits(engine.matches(Query(text))) for engine in all_.values())
    assert others == [first] * len(others), text
    return first


def _counts(results: Results) -> dict[str, dict[str, int]]:
    found = {TYPE_FACET: results.types, **results.facets}
    return {name: {one.value: one.count for one in counts} for name, counts in found.items()}


def _one_count(chance: random.Random, counts: dict[str, dict[str, int]]) -> tuple[str, str, int] | None:
    """A count of any facet but the type, which is no filter."""
    known = [(name, *pair) for name, of in counts.items() if name != TYPE_FACET for pair in of.items()]
    return chance.choice(known) if known else None


def _same_first_page(first: Results, second: Results, number: int, query: Query) -> None:
    assert first.near_total == second.near_total, (number, query)
    assert [hit.near for hit in first.hits] == [hit.near for hit in second.hits], (number, query)
    if query.sort != Sort.RELEVANCE or not first.hits or first.hits[0].score == 0:
        assert [hit.key for hit in first.hits] == [hit.key for hit in second.hits], (number, query)
        return
    groups, others = _equals(first.hits), _equals(second.hits)
    assert [place for place, _keys in groups] == [place for place, _keys in others], (number, query)
    # Of equals at the page's end either may be shown.
    assert groups[:-1] == others[:-1], (number, query)


def _equals(hits: Sequence[Hit]) -> list[tuple[tuple[bool, float], set[str]]]:
    """Runs of hits with the same score."""
    runs = groupby(hits, key=lambda hit: (hit.near, round(hit.score, 9)))
    return [(place, {hit.key for hit in run}) for place, run in runs]
