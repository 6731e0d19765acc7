"""What every search engine must do while a reader types; a new one joins as in `test_contract.py`."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import index
from search.types import Document, SearchEngine
from tests.factories.search import document, store

pytestmark = pytest.mark.django_db


def both(indonesian: str, english: str) -> Document:
    made = document(indonesian)
    made.texts["title"]["en"] = english
    return made


def titles(engine: SearchEngine, text: str, language: str = "id", **wishes: object) -> list[str]:
    return [found.title for found in engine.complete(text, language, **wishes)]


@pytest.mark.parametrize(
    "text",
    ["ke", "kem", "Kemitraan", "KEMITRAAN BI", "bidan kem", "kemitraan dan dukun", "bid duk", "  bidan "],
)
def test_complete__begins_words_of_the_title_in_any_order(engine: SearchEngine, text: str) -> None:
    store(document("Kemitraan bidan dan dukun"), document("Tanah", summary="kemitraan bidan dukun"))
    assert titles(engine, text) == ["Kemitraan bidan dan dukun"]


@pytest.mark.parametrize(
    "text", ["", " ", "idan", "bidan tanah", "bidanx", "%", "_", "b%n", "b_dan", "-", "🌱"]
)
def test_complete__nothing_else(engine: SearchEngine, text: str) -> None:
    store(document("Kemitraan bidan 100% jalan_desa"), document("Tanah"))
    assert titles(engine, text) == []


def test_complete__what_begins_with_the_words_comes_first(engine: SearchEngine) -> None:
    store(document("Aneka kopi"), document("Kopi susu"), document("Kopi pahit"), document("Bubuk kopi"))
    assert titles(engine, "kop") == ["Kopi pahit", "Kopi susu", "Aneka kopi", "Bubuk kopi"]
    assert titles(engine, "kop", limit=2) == ["Kopi pahit", "Kopi susu"]
    assert titles(engine, "kop", limit=0) == []


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Layanan e-KTP", "ektp"),
        ("Layanan e-KTP", "e-k"),
        ("Layanan eKTP", "e-ktp"),
        ("Rumah sakit tanpa dinding", "rumah sa"),
        ("Rumah sakit tanpa dinding", "sakit"),
        ("petaBencana", "benc"),
        ("Café Ilmu", "cafe"),
        ("“SIAP” (Sistem)", "siap sis"),
        ("Anak-anak gemar membaca", "anak-an"),
    ],
)
def test_complete__words_however_written(engine: SearchEngine, title: str, text: str) -> None:
    store(document(title))
    assert titles(engine, text) == [title]


def test_complete__in_the_language_of_the_reader(engine: SearchEngine) -> None:
    store(
        both("Bank sampah", "Waste bank"), document("Sampah laut", key="news:1", type="news", data={"x": 1})
    )
    assert titles(engine, "sam", "en") == ["Sampah laut", "Waste bank"]
    assert titles(engine, "was", "id") == ["Bank sampah"]
    assert titles(engine, "waste b", "en") == ["Waste bank"]
    (found,) = engine.complete("sampah l", "en")
    assert (found.key, found.type, found.language, found.data) == ("news:1", "news", "id", {"x": 1})


def test_complete__a_later_language_that_begins_so_counts_as_beginning(engine: SearchEngine) -> None:
    store(document("Aneka waste"), both("Bank sampah", "Waste bank"))
    assert titles(engine, "was") == ["Bank sampah", "Aneka waste"]


def test_complete__in_the_order_of_the_words(engine: SearchEngine) -> None:
    store(both("Kopi", "Zebra"), both("Kopian", "Aneka"), document("Kopi susu"))
    assert titles(engine, "kop") == ["Kopi", "Kopi susu", "Kopian"]


def test_complete__types(engine: SearchEngine) -> None:
    store(document("Kopi"), document("Kopi berita", type="news"))
    assert titles(engine, "kopi", types=("news",)) == ["Kopi berita"]
    assert len(titles(engine, "kopi", types=("news", "innovation"))) == 2
    assert titles(engine, "kopi", types=("nope",)) == []


def test_complete__follows_every_change(engine: SearchEngine) -> None:
    first, hidden = document("Kopi"), document("Kopi rahasia", visible=False)
    store(first, hidden)
    assert titles(engine, "ko") == ["Kopi"]
    store(document("Teh", key=first.key))
    assert titles(engine, "ko") == []
    assert titles(engine, "te") == ["Teh"]
    store(document("Teh", key=first.key, visible=False))
    assert titles(engine, "te") == []
    store(document("Kopi", key=first.key))
    index.remove(first.key)
    assert titles(engine, "ko") == []


@pytest.mark.parametrize(
    "text",
    ["\0", "kopi\0", "'", '"kopi', "kopi*", "NEAR(", "\\", "kopi\\", "\ud800", "%s %(x)s {0}", "a" * 10_240,
     "kata " * 2_000, "ﷺ", "e\u0301" * 99, "kopi; DROP TABLE x", "[a-z]", "\n kopi"],
)  # fmt: skip
def test_complete__hostile_text(engine: SearchEngine, text: str) -> None:
    store(document("Kopi"))
    assert titles(engine, text) in ([], ["Kopi"])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40), language=st.sampled_from(["id", "en", "xx"]))
def test_complete__any_text(engine: SearchEngine, text: str, language: str) -> None:
    assert engine.complete(text, language) in ([], ())


def test_complete__number_of_statements_does_not_grow(
    engine: SearchEngine, django_assert_max_num_queries: object
) -> None:
    for count in (1, 40):
        store(*[document(f"Kopi {number}") for number in range(count)])
        engine.complete("kopi", "id")
        # One more looks for changes that are to be passed on.
        with django_assert_max_num_queries(3):
            assert engine.complete("kopi", "id", ("innovation",), 8)
