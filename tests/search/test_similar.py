"""Documents like another one, on every engine."""

from dataclasses import replace
from itertools import chain

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.connection import Connection
from search.types import SearchEngine
from search.upkeep.rebuild import rebuild
from tests.factories.search import document, store

pytestmark = pytest.mark.django_db


def crowd(number: int = 40) -> None:
    """Documents about other things, so that words can be rare."""
    store(*[document(f"Perpustakaan keliling nomor{n}", keywords="buku literasi") for n in range(number)])


def test_similar__same_problem_first_and_says_why(engine: SearchEngine) -> None:
    crowd()
    asked = document("Stunting dan gizi balita", facets={"sector": ["health"], "population": ["2"]})
    both = document("Gizi balita cegah stunting", facets={"sector": ["health"], "population": ["2"]})
    words = document("Posyandu stunting untuk balita", facets={"sector": ["social"]})
    one_word = document("Balita berenang")
    store(asked, both, words, one_word)
    found = engine.similar(asked.key, "id", ("sector", "population"))
    assert [one.title for one in found] == ["Gizi balita cegah stunting", "Posyandu stunting untuk balita"]
    assert {word.text for word in found[0].words} == {"Stunting", "gizi", "balita"}
    assert found[0].facets == {"sector": ("health",), "population": ("2",)}
    assert {word.text for word in found[1].words} == {"Stunting", "balita"}
    assert found[1].facets == {}


def test_similar__only_the_same_type_and_what_may_be_seen(engine: SearchEngine) -> None:
    crowd()
    asked = document("Bank sampah plastik sungai")
    store(
        asked,
        document("Sampah plastik di sungai", type="news"),
        document("Sampah plastik sungai tersembunyi", visible=False),
        document("Sampah plastik sungai berhenti", facets={"status": ["stopped"]}),
        document("Sampah plastik sungai berjalan", facets={"status": ["running"]}),
    )
    found = engine.similar(asked.key, "id", exclude={"status": ("stopped",)})
    assert [one.title for one in found] == ["Sampah plastik sungai berjalan"]


def test_similar__common_words_make_nothing_alike(engine: SearchEngine) -> None:
    crowd()
    asked = document("Perpustakaan buku literasi keliling")
    # Two of five are about libraries.
    store(asked, *[document("Tanah") for _ in range(60)])
    assert list(engine.similar(asked.key, "id")) == []


def test_similar__what_is_left_out_takes_no_place(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("likeness", "elasticsearch.request"):
        monkeypatch.setattr(f"search.engines.{module}.CANDIDATES", 1)
    crowd()
    asked = document("Bank sampah plastik sungai")
    store(
        asked,
        document("Bank sampah plastik sungai", type="news"),
        document("Bank sampah plastik sungai", facets={"status": ["stopped"]}),
        document("Sampah plastik di sungai besar"),
    )
    found = engine.similar(asked.key, "id", exclude={"status": ("stopped",)})
    assert [one.title for one in found] == ["Sampah plastik di sungai besar"]


def test_similar__of_equals_the_one_with_a_shared_facet_first(engine: SearchEngine) -> None:
    crowd()
    asked = document("Gizi balita", facets={"sector": ["health"]})
    store(asked, document("Balita gizi"), document("Balita gizi lain", facets={"sector": ["health"]}))
    found = engine.similar(asked.key, "id", ("sector",))
    assert [one.title for one in found] == ["Balita gizi lain", "Balita gizi"]


def test_similar__two_words_of_very_many_are_no_likeness(engine: SearchEngine) -> None:
    words = [f"zora{letter}" for letter in "bcdfghjklmpqrtvwxyz"]
    asked = document(" ".join(words))
    store(asked, document("Dua " + " ".join(words[:2])), document("Empat " + " ".join(words[-4:])))
    store(*[document(word) for word in words])
    assert [one.title[:5] for one in engine.similar(asked.key, "id")] == ["Empat"]


def test_similar__words_that_say_little_make_nothing_alike(engine: SearchEngine) -> None:
    crowd()
    asked = document("Program bantuan masyarakat")
    store(asked, document("Bantuan program masyarakat"))
    assert list(engine.similar(asked.key, "id")) == []


@pytest.mark.parametrize("key", ["", "innovation:none", "x" * 500, "'", "\0"])
def test_similar__unknown_key(engine: SearchEngine, key: str) -> None:
    crowd(3)
    assert list(engine.similar(key, "id")) == []


def test_similar__number_of_statements_does_not_grow(
    engine: SearchEngine, django_assert_max_num_queries: object
) -> None:
    crowd(60)
    asked = document("Stunting dan gizi balita")
    store(asked)
    for count in (1, 4):
        store(*[document("Gizi balita cegah stunting") for _ in range(count)])
        engine.similar(asked.key, "id")
        with django_assert_max_num_queries(6):  # type: ignore[operator]
            assert engine.similar(asked.key, "id")


def test_similar__in_another_part_of_a_divided_index(elasticsearch: Connection) -> None:
    """Words that only two documents hold, each in a part of its own."""
    crowd()
    pairs = [
        [document(f"Zora{letter} mira{letter} tesa{letter}", key=f"x:{letter}{n}") for n in (1, 2)]
        for letter in "bcdfghjk"
    ]
    store(*chain.from_iterable(pairs))
    rebuild(replace(elasticsearch, shards=3))
    engine = ElasticsearchEngine()
    found = {one.key: [other.key for other in engine.similar(one.key, "id")] for one, _other in pairs}
    assert found == {one.key: [other.key] for one, other in pairs}
