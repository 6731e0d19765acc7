"""What every search engine must do. A new one joins by its entry in `search.engines.ENGINES`."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import limits
from search.models import SynonymGroup
from search.types import Query, Results, SearchEngine, Sort
from tests.factories.search import document, store

pytestmark = pytest.mark.django_db


def titles(results: Results, near: bool = False) -> list[str]:
    return [hit.title for hit in results.hits if hit.near is near]


def test_search__nothing_stored(engine: SearchEngine) -> None:
    results = engine.search(Query("stunting", facets=("sector",)))
    assert (results.hits, results.total, results.near_total, results.types) == ((), 0, 0, ())
    assert results.facets == {"sector": ()}
    assert results.engine == engine.name
    assert results.took_ms > 0


def test_search__no_words_shows_everything_newest_first(engine: SearchEngine) -> None:
    store(document("Lama", date="2015-01-01"), document("Baru", date="2024-01-01"), document("Tanpa tanggal"))
    results = engine.search(Query())
    assert titles(results) == ["Baru", "Lama", "Tanpa tanggal"]
    assert (results.total, results.near_total) == (3, 0)


def test_search__hidden_documents_stay_hidden(engine: SearchEngine) -> None:
    store(document("Sampah", visible=False, facets={"sector": ["a"]}), document("Sampah terlihat"))
    for query in (Query(), Query("sampah"), Query(facets=("sector",))):
        results = engine.search(query)
        assert titles(results) == ["Sampah terlihat"]
        assert not any(results.facets.values())


def test_search__title_before_keywords_before_summary_before_body(engine: SearchEngine) -> None:
    store(
        document("D", body="tentang kopi"),
        document("C", summary="tentang kopi"),
        document("B", keywords="kopi"),
        document("Kopi A"),
    )
    assert titles(engine.search(Query("kopi"))) == ["Kopi A", "B", "C", "D"]


def test_search__most_words_come_first_and_are_counted(engine: SearchEngine) -> None:
    store(
        document("Peternakan kambing"),
        document("Sapi perah"),
        document("Pengolahan limbah ternak kambing"),
        document("Sekolah"),
    )
    results = engine.search(Query("limbah ternak kambing"))
    assert titles(results)[0] == "Pengolahan limbah ternak kambing"
    assert titles(results) == ["Pengolahan limbah ternak kambing", "Peternakan kambing"]
    assert results.total == 2
    one_of_three = engine.search(Query("limbah rumput sapi"))
    assert one_of_three.total == 0
    assert set(titles(one_of_three, near=True)) == {"Sapi perah", "Pengolahan limbah ternak kambing"}
    assert one_of_three.near_total == 2


def test_search__function_words_do_not_decide(engine: SearchEngine) -> None:
    store(document("Sampah"), document("Untuk dan dari yang"))
    results = engine.search(Query("untuk sampah dari yang"))
    assert titles(results) == ["Sampah"]


def test_search__near_hits_follow_across_pages(engine: SearchEngine) -> None:
    store(
        *[document(f"Sampah organik {n}") for n in range(3)],
        *[document(f"Sampah plastik {n}") for n in range(3)],
    )
    pages = [engine.search(Query("sampah organik basah", page=n, page_size=2)) for n in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [2, 2, 2, 0]
    assert [hit.near for page in pages for hit in page.hits] == [False] * 3 + [True] * 3
    assert len({hit.key for page in pages for hit in page.hits}) == 6
    assert {(page.total, page.near_total) for page in pages} == {(3, 3)}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.NEWEST, ["C kopi", "A kopi", "B kopi"]),
        (Sort.EVIDENCE, ["B kopi", "C kopi", "A kopi"]),
        (Sort.REPLICATED, ["A kopi", "C kopi", "B kopi"]),
        (Sort.TITLE, ["A kopi", "B kopi", "C kopi"]),
    ],
)
@pytest.mark.parametrize("text", ["", "kopi"])
def test_search__sorts(engine: SearchEngine, sort: Sort, text: str, expected: list[str]) -> None:
    store(
        document("B kopi", date="2015-01-01", evidence=4, replications=0),
        document("A kopi", date="2018-01-01", evidence=1, replications=7),
        document("C kopi", date="2020-01-01", evidence=2, replications=2),
    )
    assert titles(engine.search(Query(text, sort=sort))) == expected


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("text", ["", "sampah", "sampah desa", "tidak ada apa apa di sini"])
def test_matches__are_all_that_search_counts(engine: SearchEngine, text: str, sort: Sort) -> None:
    store(*[document("Bank sampah desa") for _number in range(7)])
    store(document("Bank darah"), document("Sampah laut"))
    query = Query(text, sort=sort, page_size=3)
    found = engine.matches(query)
    assert len(found) == len(set(found)) == engine.search(query).total
    pages = [engine.search(replace(query, page=page)).hits for page in (1, 2, 3)]
    hits = [hit.object_id for page in pages for hit in page if not hit.near]
    assert sorted(hits) == sorted(found)


def test_search__types(engine: SearchEngine) -> None:
    store(document("Kopi", type="news"), document("Kopi"), document("Kopi dua"))
    everything = engine.search(Query("kopi"))
    assert [(count.value, count.count) for count in everything.types] == [("innovation", 2), ("news", 1)]
    news = engine.search(Query("kopi", types=("news",)))
    assert news.total == 1
    assert news.types == everything.types


def test_search__language_of_the_reader_where_there_is_one(engine: SearchEngine) -> None:
    both = document("Bank sampah", summary="Sampah ditabung")
    both.texts["title"]["en"] = "Waste bank"
    both.texts["summary"]["en"] = "Waste is saved"
    store(both, document("Hanya sampah"))
    english = engine.search(Query("waste", language="en"))
    assert [(hit.title, hit.language) for hit in english.hits] == [("Waste bank", "en")]
    assert english.hits[0].snippet == "<mark>Waste</mark> is saved"
    indonesian = engine.search(Query("sampah", language="en"))
    assert {(hit.title, hit.language) for hit in indonesian.hits} == {
        ("Waste bank", "en"),
        ("Hanya sampah", "id"),
    }


def test_search__snippet_marks_and_escapes(engine: SearchEngine) -> None:
    store(document("X", summary="<b>Pelayanan</b> & <script>izin</script> melayani"))
    (hit,) = engine.search(Query("layanan")).hits
    assert hit.snippet == (
        "&lt;b&gt;<mark>Pelayanan</mark>&lt;/b&gt; &amp; "
        "&lt;script&gt;izin&lt;/script&gt; <mark>melayani</mark>"
    )


def test_search__snippet_of_a_long_text_shows_the_match(engine: SearchEngine) -> None:
    store(document("X", summary="awal", body="kata lain " * 100 + "porang " + "kata lain " * 100))
    (hit,) = engine.search(Query("porang")).hits
    assert "<mark>porang</mark>" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet) < 300


def test_search__mends_typing_errors_and_says_so(engine: SearchEngine) -> None:
    store(document("Hipertensi di puskesmas"))
    results = engine.search(Query("hipertnsi"))
    assert titles(results) == ["Hipertensi di puskesmas"]
    assert results.suggestion == "hipertensi"
    assert engine.search(Query("hipertnsi", suggest=False)).suggestion == ""


@pytest.mark.parametrize(
    ("page", "page_size", "found"), [(1, 2, 2), (2, 2, 1), (3, 2, 0), (10**20, 2, 0), (0, 2, 2), (-1, 0, 1)]
)
def test_search__pages(engine: SearchEngine, page: int, page_size: int, found: int) -> None:
    store(*[document(f"Kopi {n}") for n in range(3)])
    results = engine.search(Query("kopi", page=page, page_size=page_size))
    assert len(results.hits) == found
    assert results.total == 3


def test_search__long_query_is_cut_with_a_notice(engine: SearchEngine) -> None:
    store(document("Kopi"))
    results = engine.search(Query("kopi " * 2500))
    assert titles(results) == ["Kopi"]
    assert results.notice


@pytest.mark.parametrize(
    "text",
    ["\0", "kopi\0", "'", '"', '"kopi', "kopi*", "kopi AND", "NEAR(", "title:kopi", "^kopi", "-kopi", "(kopi",
     "kopi & | !", "<-> kopi", "🌱", "\ud800", "%s %(x)s {0}", "\\", "a" * 10_240, "ﷺ", "e\u0301" * 99,
     "kopi; DROP TABLE search_text", "* * *", "OR OR OR", "NOT"],
)  # fmt: skip
def test_search__hostile_text(engine: SearchEngine, text: str) -> None:
    store(document("Kopi", facets={"sector": ["a"]}))
    for sort in (Sort.RELEVANCE, Sort.TITLE):
        assert isinstance(engine.search(Query(text, facets=("sector", "nope"), sort=sort)), Results)


def test_search__unknown_facets_and_values(engine: SearchEngine) -> None:
    store(document("Kopi", facets={"sector": ["a"]}))
    assert engine.search(Query(filters={"nope": ("x",)})).total == 0
    assert engine.search(Query(filters={"sector": ("x\0'",)})).total == 0
    assert engine.search(Query(filters={"sector": ()})).total == 1
    assert engine.search(Query(exclude={"nope": ("x",), "sector": ("b",)})).total == 1


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60), language=st.sampled_from(["id", "en", "xx"]))
def test_search__any_text(engine: SearchEngine, text: str, language: str) -> None:
    assert engine.search(Query(text, language=language)).total == 0


@pytest.mark.parametrize(
    "query", [Query("kopi susu desa"), Query("kopi", filters={"sector": ("1",)}), Query()]
)
def test_search__number_of_statements_does_not_grow(
    engine: SearchEngine, query: Query, django_assert_max_num_queries
) -> None:
    asked = replace(query, facets=("sector", "year"), exclude={"year": ("3",)}, types=("innovation",))
    for count in (1, 60):
        store(
            *[document(f"Kopi {n}", facets={"sector": [str(n)], "year": [str(n % 9)]}) for n in range(count)]
        )
        engine.search(asked)
        with django_assert_max_num_queries(7):
            engine.search(asked)


def test_search__obeys_a_new_synonym_and_a_withdrawn_one_at_once(engine: SearchEngine) -> None:
    store(document("Kartu tanda penduduk"), document("Kopi"))
    assert engine.search(Query("ktpku")).total == 0
    group = SynonymGroup.objects.create(kind="acronym", terms="ktpku", members="kartu tanda penduduk")
    assert titles(engine.search(Query("ktpku"))) == ["Kartu tanda penduduk"]
    group.members = "kopi"
    group.save()
    assert titles(engine.search(Query("ktpku"))) == ["Kopi"]
    group.delete()
    assert engine.search(Query("ktpku")).total == 0


def test_search__near_misses_reach_no_further_than_the_first_results(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "NEAREST", 4)
    store(*[document("Sampah organik") for _ in range(2)], *[document("Sampah plastik") for _ in range(5)])
    results = engine.search(Query("sampah organik basah", page_size=10))
    assert (results.total, results.near_total, results.reach) == (2, 2, 4)
    assert len(results.hits) == 4


def test_search__nothing_is_shown_beyond_the_window(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WINDOW", 4)
    store(*[document("Kopi") for _ in range(7)])
    pages = [
        engine.search(Query(text, page=page, page_size=2)) for text in ("", "kopi") for page in (1, 2, 3)
    ]
    assert [len(page.hits) for page in pages] == [2, 2, 0] * 2
    assert {(page.total, page.reach) for page in pages} == {(7, 4)}


def test_search__only_the_best_are_ranked_in_full(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the pages behind them, too: otherwise their order would change with the size of a page."""
    monkeypatch.setattr(limits, "RANKED", 2)
    store(*[document("Kopi") for _ in range(6)])
    pages = [engine.search(Query("kopi", page=page, page_size=3)).hits for page in (1, 2)]
    assert [hit.score > 0 for page in pages for hit in page] == [True, True, False, False, False, False]


def test_search__the_best_are_in_one_order_across_pages(engine: SearchEngine) -> None:
    store(*[document("Sampah di bank") for _ in range(3)], *[document("Bank sampah") for _ in range(3)])
    query = Query("bank sampah", page_size=2)
    paged = [title for page in (1, 2, 3) for title in titles(engine.search(replace(query, page=page)))]
    assert paged == titles(engine.search(replace(query, page_size=10)))
    assert paged == ["Bank sampah"] * 3 + ["Sampah di bank"] * 3


def test_search__one_of_many_words_is_not_even_near(engine: SearchEngine) -> None:
    store(document("Kopi"), document("Kopi susu"), document("Kopi susu gula jahe"))
    results = engine.search(Query("kopi susu gula jahe madu lemon"))
    assert titles(results) == ["Kopi susu gula jahe"]
    assert titles(results, near=True) == ["Kopi susu"]
    assert (results.total, results.near_total) == (1, 1)
