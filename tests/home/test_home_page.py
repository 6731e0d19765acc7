"""The front page and the page of figures: true numbers that lead to what they count."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from directory.derived.confirmation import add_months
from directory.models import Confirmation, InnovationPage, Validation
from directory.search_document import SOURCE
from home.models import HomePage
from search.sources import refresh
from taxonomy.models import Sector
from tests.factories.directory import directory_index, innovation, institution, reference, region
from tests.factories.guides import guide_page
from tests.factories.home import make_home
from tests.factories.news import news_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home() -> HomePage:
    return make_home(example_searches="stunting, sampah & air")


def add(**fields: Any) -> InnovationPage:
    page = innovation(**fields)
    refresh(SOURCE, [page.translation_key])
    return page


def read(client: Client, address: str = "/id/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def number(html: str, label: str) -> tuple[str, int]:
    """The link and the number under `label`."""
    found = re.search(rf'<dt>{label}</dt>\s*<dd><a href="([^"]+)">(\d+)</a>', html)
    assert found, label
    return found.group(1), int(found.group(2))


def confirm(page: InnovationPage, months_ago: int, status: str = "running") -> None:
    date = timezone.now().replace(day=1)
    past = add_months(date, -months_ago)
    Confirmation.objects.create(page=page, status=status, confirmed_at=past)


def test_empty_portal__is_honest(client: Client) -> None:
    html = read(client)
    assert html.count("<h1") == 1
    for words in (
        "Belum ada inovasi di direktori.",
        "Belum ada profil yang divalidasi.",
        "Belum ada replikasi yang tercatat",
        "Belum ada berita.",
        "Belum ada panduan.",
    ):
        assert words in html


def test_search__goes_to_the_directory_with_examples(client: Client) -> None:
    index = directory_index()
    html = read(client)
    assert f'action="{index.url}" method="get"' in html
    assert f'href="{index.url}?q=stunting">Stunting</a>' in html
    assert "?q=sampah%20%26%20air" in html


def test_numbers__count_what_readers_see(client: Client) -> None:
    lan, pemda = institution("lan", name="LAN"), institution("pemda")
    running = add(institution=lan, operational_status="running")
    add(institution=lan, operational_status="stopped")
    add(institution=pemda)
    add(institution=institution("draf"), live=False)
    late = add(institution=pemda, operational_status="running")
    confirm(running, months_ago=3)
    confirm(late, months_ago=14)
    html = read(client)
    assert number(html, "Inovasi terdata") == (f"{directory_index().url}?stopped=1", 4)
    assert number(html, "Masih berjalan, dikonfirmasi") == ("/id/angka/#dikonfirmasi", 1)
    assert number(html, "Replikasi berjalan") == ("/id/angka/#replikasi", 0)
    assert number(html, "Instansi pemilik") == ("/id/angka/#instansi", 2)
    assert "?status=running&amp;status=developed" in html


@pytest.mark.parametrize(
    ("own_status", "answers", "counted"),
    [
        ("running", [(1, "running")], True),
        ("developed", [(11, "developed")], True),
        ("running", [(13, "running")], False),
        ("running", [(5, "running"), (1, "unknown")], False),
        ("stopped", [(1, "running")], False),
        ("running", [(2, "stopped")], False),
        ("running", [], False),
    ],
)
def test_confirmed__needs_a_recent_word_of_the_owner(
    client: Client, own_status: str, answers: list[tuple[int, str]], counted: bool
) -> None:
    page = add(title="Rumah Tunggu", operational_status=own_status)
    for months, status in answers:
        confirm(page, months, status)
    assert number(read(client), "Masih berjalan, dikonfirmasi")[1] == int(counted)
    figures = read(client, "/id/angka/")
    assert (">Rumah Tunggu</a>" in figures) is counted


def test_provinces__link_to_the_directory_and_stand_in_a_table(client: Client) -> None:
    add(region=region("35.78"))
    add(region=region("35"))
    add()
    html = read(client)
    link = f'href="{directory_index().url}?province=35"'
    assert html.count(link) == 2
    assert "Provinsi 35: 2 inovasi" in html
    assert "1 di antaranya tidak terikat satu provinsi" in html
    assert html.count('class="x-') == 38
    assert html.count('<tr><th scope="row">') == 38


def test_sectors__link_with_their_counts(client: Client) -> None:
    health = reference(Sector, "kesehatan", name_id="Kesehatan")
    add(sectors=[health])
    add(sectors=[health], operational_status="stopped")
    html = read(client)
    assert re.search(r'\?sector=kesehatan">Kesehatan <span>1</span>', html)


def test_innovations__newest_until_one_is_validated(client: Client) -> None:
    first, second = add(title="Yang lama", year=2015), add(title="Yang baru", year=2024)
    html = read(client)
    assert "Tahun terbaru di direktori" in html
    assert html.index(">Yang baru</a>") < html.index(">Yang lama</a>")
    Validation.objects.create(page=first, source="kipp")
    html = read(client)
    assert "Baru divalidasi" in html
    assert "Tahun terbaru" not in html
    assert ">Yang lama</a>" in html
    assert ">Yang baru</a>" not in html
    assert second.live


def test_reading__shows_news_and_guides_of_this_language(client: Client) -> None:
    news_page(title="Hub baru")
    news_page(title="Draf", live=False)
    guide_page(title="Mereplikasi")
    html = read(client)
    assert ">Hub baru</a>" in html
    assert ">Mereplikasi</a>" in html
    assert ">Draf</a>" not in html


def test_figures__list_owners_with_their_sections(client: Client) -> None:
    lan = institution("lan", name="Lembaga Administrasi Negara")
    page = add(institution=lan)
    html = read(client, "/id/angka/")
    assert f'<a href="{page.get_parent().url}">Lembaga Administrasi Negara</a>' in html


@pytest.mark.parametrize("address", ["/id/", "/id/angka/"])
def test_queries__at_most_20_and_do_not_grow(
    client: Client, address: str, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    def more(count: int) -> None:
        for number in range(count):
            owner = institution(f"instansi-{number}")
            page = add(institution=owner, region=region(f"{11 + number}.01"), operational_status="running")
            confirm(page, 1)
            news_page()
            guide_page()

    more(1)
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    queries = len(few.captured_queries)
    more(6)
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)
