"""News for readers: lists, filters, the page itself, the feed."""

import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from cms.models import CustomImage
from home.models import HomePage
from news.listing import listing
from news.models import NewsPage
from tests.factories.cms import ImageFactory
from tests.factories.directory import institution
from tests.factories.home import make_home
from tests.factories.news import news_index, news_page, news_section

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def home() -> HomePage:
    # Renditions are cached by the image's number, and numbers begin anew in every test.
    cache.clear()
    return make_home()


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_index__lists_all_sections_newest_first(client: Client) -> None:
    news_page(title="Lama", date=datetime.date(2020, 5, 1))
    news_page(news_section(institution("lan", name="LAN")), title="Baru", date=datetime.date(2024, 5, 1))
    html = read(client, "/id/berita/")
    assert html.index(">Baru</a>") < html.index(">Lama</a>")
    assert "1 Mei 2024" in html
    assert "LAN" in html


def test_index__shows_no_drafts_and_nothing_restricted(client: Client) -> None:
    news_page(title="Draf rahasia", live=False)
    hidden = news_page(title="Terbatas")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    html = read(client, "/id/berita/")
    assert "Draf rahasia" not in html
    assert "Terbatas" not in html
    assert "Belum ada berita di sini." in html


def test_index__in_english__names_institutions_in_english(rf: RequestFactory) -> None:
    article = news_page(news_section(institution("lan", name="LAN", name_en="Public Administration")))

    with override("en"):
        shown = listing(article.get_parent().get_parent(), NewsPage.objects.all(), rf.get("/"))

    assert [choice.label for choice in shown.institutions] == ["Public Administration"]


def test_index__filters_by_tag_and_institution(client: Client) -> None:
    lan = institution("lan", name="LAN")
    news_page(title="Satu", tags=("hub", "kipp"))
    news_page(news_section(lan), title="Dua", tags=("hub",))
    assert {"Satu", "Dua"} == found(read(client, "/id/berita/?tag=hub"), "Satu", "Dua")
    assert {"Satu"} == found(read(client, "/id/berita/?tag=kipp"), "Satu", "Dua")
    assert {"Dua"} == found(read(client, "/id/berita/?institution=lan"), "Satu", "Dua")
    assert set() == found(read(client, "/id/berita/?institution=lan&tag=kipp"), "Satu", "Dua")
    assert "Tidak ada berita yang cocok" in read(client, "/id/berita/?tag=tidak-ada")


def found(html: str, *titles: str) -> set[str]:
    return {title for title in titles if f">{title}</a>" in html}


def test_section__lists_its_own_only(client: Client) -> None:
    news_page(title="Redaksi punya")
    news_page(news_section(institution("lan", name="LAN")), title="LAN punya")
    assert {"LAN punya"} == found(read(client, "/id/berita/lan/"), "Redaksi punya", "LAN punya")


def test_index__pages_through(client: Client) -> None:
    for _ in range(14):
        news_page()
    html = read(client, "/id/berita/")
    assert html.count('<article class="result">') == 12
    assert "?page=2" in html
    assert read(client, "/id/berita/?page=2").count('<article class="result">') == 2


@pytest.mark.parametrize("page", ["0", "-1", "3", "99999999999999999999", "x", "²", "1 OR 1", "%00"])
def test_index__page_that_does_not_exist_is_not_found(client: Client, page: str) -> None:
    news_page()
    assert client.get(f"/id/berita/?page={page}").status_code == 404


@pytest.mark.parametrize(
    "query", ["tag=%00", "institution=%00", "tag=" + "x" * 10_000, "tag=a&tag=b", "q=%27"]
)
def test_index__takes_any_address(client: Client, query: str) -> None:
    news_page()
    assert client.get(f"/id/berita/?{query}").status_code == 200


def test_news__shows_source_tags_and_readable_related_pages(client: Client) -> None:
    other, draft = news_page(title="Sambungan"), news_page(title="Belum terbit", live=False)
    page = news_page(
        title="Hub baru",
        tags=("hub",),
        source_name="Siaran pers",
        source_url="https://contoh.go.id/siaran",
        related_pages=[],
    )
    for related in (other, draft):
        page.related_pages.create(related=related)
    page.save()
    html = read(client, page.url)
    assert '<a href="https://contoh.go.id/siaran">Siaran pers</a>' in html
    assert 'href="/id/berita/?tag=hub"' in html
    assert ">Sambungan</a>" in html
    assert "Belum terbit" not in html
    assert html.count("<h1") == 1


def test_news__without_institution_belongs_to_its_sections(client: Client) -> None:
    lan = institution("lan", name="LAN")
    assert news_page(news_section(lan)).institution == lan
    assert news_page().institution is None


def test_lead_image__has_words_sizes_and_dimensions(client: Client) -> None:
    image: CustomImage = ImageFactory(file__width=2000, file__height=1000)
    page = news_page(lead_image=image, lead_image_caption="Polindes, 2019")
    html = read(client, page.url)
    tag = html[html.index("<img") :].split(">", 1)[0]
    assert 'alt="Bidan memeriksa seorang ibu hamil"' in tag
    assert "srcset=" in tag
    assert 'width="480"' in tag
    assert 'height="240"' in tag
    assert "IMG_0001" not in html
    assert "Polindes, 2019" in html
    page.lead_image_alt = "Ibu hamil di polindes"
    page.save()
    assert 'alt="Ibu hamil di polindes"' in read(client, page.url)


def test_feed__is_atom_with_the_newest_first(client: Client) -> None:
    news_page(title="Lama & kuno", date=datetime.date(2020, 5, 1))
    news_page(title="Baru", date=datetime.date(2024, 5, 1))
    news_page(title="Draf", live=False)
    response = client.get("/id/berita/umpan/")
    assert response["Content-Type"].startswith("application/atom+xml")
    tree = ElementTree.fromstring(response.content)
    titles = [entry.findtext(f"{ATOM}title") for entry in tree.findall(f"{ATOM}entry")]
    assert titles == ["Baru", "Lama & kuno"]
    assert client.get("/id/berita/redaksi/umpan/").status_code == 200
    assert 'type="application/atom+xml"' in read(client, "/id/berita/")


@pytest.mark.parametrize("address", ["/id/berita/", "/id/berita/redaksi/", "/id/berita/umpan/"])
def test_lists__queries_do_not_grow(
    client: Client, address: str, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    news_page(tags=("hub",))
    client.get(address)
    with django_assert_max_num_queries(16) as few:
        client.get(address)
    for number in range(11):
        owner = institution(f"instansi-{number}", name=f"Instansi {number}")
        news_page(news_section(owner), tags=("hub", f"tag-{number}"))
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(address)


def test_news__queries_do_not_grow_with_news(
    client: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    page = news_page(tags=("hub",), lead_image=ImageFactory())
    page.related_pages.create(related=news_page())
    page.save()
    client.get(page.url)
    with django_assert_max_num_queries(18) as few:
        client.get(page.url)
    for _ in range(8):
        page.related_pages.create(related=news_page())
        page.tags.add(f"tag-{_}")
    page.save()
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(page.url)


def test_index__is_a_single_page_below_home() -> None:
    assert not type(news_index()).can_create_at(news_index().get_parent())
