import pytest
from django.core.cache import cache
from django.http import Http404, QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.site import PAGE_SIZE, SiteSearch, parse
from tests.factories.home import make_home
from tests.factories.search import document, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> None:
    cache.clear()
    make_home()


def asked(address: str) -> SiteSearch:
    return SiteSearch(parse(QueryDict(address)))


def page(client: Client, **data: object) -> str:
    response = client.get(reverse("search:results"), data)
    assert response.status_code == 200
    return response.content.decode()


def test_address__as_published() -> None:
    assert reverse("search:results") == "/id/cari/"


def test_results__without_words_only_the_form(home: None, client: Client) -> None:
    store(document("Kopi"))
    html = page(client)
    assert 'name="q"' in html
    assert "Kopi" not in html


def test_results__of_all_types_with_counts(home: None, client: Client) -> None:
    store(
        document("Kopi inovasi", data={"url": {"id": "/id/x/"}, "place": {"id": "Bali"}, "year": 2020}),
        document("Kopi berita", type="news", data={"date": "2024-11-13"}),
        document("Kopi aneh", type="other"),
    )
    html = page(client, q="kopi")
    assert '<a href="/id/x/">Kopi inovasi</a>' in html
    assert "Inovasi · Bali · 2020" in html
    links = [(one.label, one.count, one.chosen) for one in asked("q=kopi").types]
    assert links == [("Semua", 3, True), ("Inovasi", 1, False), ("Berita", 1, False)]
    assert "Kopi aneh" in html  # of a type nobody registers any more: found, but no filter
    news = asked("q=kopi&jenis=news")
    assert [entry.title for entry in news.exact] == ["Kopi berita"]
    assert [one.chosen for one in news.types] == [False, False, True]
    assert news.without_type == "?q=kopi"


def test_results__nothing_found_gives_advice_and_a_way_out(home: None, client: Client) -> None:
    store(document("Kopi", type="news"))
    html = page(client, q="kopi", jenis="guide")
    assert "Tidak ada yang cocok dengan “kopi”" in html
    assert 'href="?q=kopi">Cari di semua jenis' in html


def test_results__suggestion_keeps_the_type(home: None, client: Client) -> None:
    store(document("Hipertensi", type="news"), document("Hipertensi"))
    html = page(client, q="hipertnsi", jenis="news")
    assert 'href="?q=hipertensi&amp;jenis=news">hipertensi</a>' in html


def test_results__near_ones_follow_under_their_own_heading(home: None, client: Client) -> None:
    store(document("Kopi susu gula"), document("Kopi pahit"))
    html = page(client, q="kopi susu gula")
    assert html.index("Kopi susu gula</h3>") < html.index("Hasil mendekati") < html.index("Kopi pahit")


def test_results__pages(home: None, client: Client) -> None:
    store(*[document(f"Kopi {n}") for n in range(PAGE_SIZE + 1)])
    assert len(asked("q=kopi&page=2").exact) == 1
    assert "?q=kopi&amp;page=2" in page(client, q="kopi")
    with pytest.raises(Http404):
        asked("q=kopi&page=3")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("q=%00", 200),
        ("q='%22", 200),
        ("q=" + "x" * 10_240, 200),
        ("q=kopi&jenis=nope", 200),
        ("q=kopi&jenis=%00&jenis=news", 200),
        ("q=kopi&q=teh&lain=1", 200),
        ("q=%F0%9F%8C%B1", 200),
        ("q=%ff%fe", 200),
        ("q=kopi&page=abc", 200),
        ("q=kopi&page=", 200),
        ("q=kopi&page=0", 404),
        ("q=kopi&page=-1", 404),
        ("q=kopi&page=100000000000000000000", 404),
        ("q=kopi&page=" + "9" * 5000, 200),
    ],
)
def test_results__hostile_address(home: None, client: Client, address: str, status: int) -> None:
    assert client.get(f"{reverse('search:results')}?{address}").status_code == status


def test_results__only_safe_methods(home: None, client: Client) -> None:
    assert client.post(reverse("search:results"), {"q": "kopi"}).status_code == 405


def test_results__words_are_shown_escaped(home: None, client: Client) -> None:
    html = page(client, q='<script>"x"</script>')
    assert "<script>" not in html.split("<main")[1]


def test_results__takes_the_same_queries_for_few_and_many(
    home: None, client: Client, django_assert_max_num_queries
) -> None:
    for count in (1, 60):
        store(*[document(f"Kopi {n}") for n in range(count)])
        page(client, q="kopi")
        with django_assert_max_num_queries(20):
            page(client, q="kopi")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=12))
def test_parse__any_address(text: str, type_: str, number: str) -> None:
    data = QueryDict(mutable=True)
    data.update({"q": text, "jenis": type_, "page": number})
    try:
        request = parse(data)
    except Http404:
        return
    assert request.text.isprintable()
    assert request.type in ("", "innovation", "guide", "news", "page")
    assert request.page >= 1
