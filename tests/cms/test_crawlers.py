from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from home.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    root = Page.objects.get(depth=1)
    page = root.add_child(
        instance=HomePage(title="JIPPNas", slug="id-beranda", locale=Locale.objects.get(language_code="id"))
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": page}
    )
    return page


def add_page(home: HomePage, slug: str, live: bool = True) -> StandardPage:
    page = StandardPage(title=slug, slug=slug, live=live, last_published_at=timezone.now())
    return home.add_child(instance=page)


def test_sitemap__lists_live_pages_of_every_language(client: Client, home: HomePage) -> None:
    add_page(home, "tentang")
    add_page(home, "konsep", live=False)
    home.copy_for_translation(Locale.objects.get(language_code="en")).save_revision().publish()

    index = client.get("/sitemap.xml")
    part = client.get("/sitemap-halaman.xml").content.decode()

    assert b"http://testserver/sitemap-halaman.xml" in index.content
    assert "<loc>http://testserver/id/tentang/</loc>" in part
    assert "<loc>http://testserver/en/</loc>" in part
    assert "konsep" not in part


def test_sitemap__same_queries_for_more_pages(
    client: Client, home: HomePage, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        add_page(home, f"halaman-{number}")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get("/sitemap-halaman.xml")


def test_sitemap__no_pages_of_tomorrow(client: Client, home: HomePage) -> None:
    page = add_page(home, "besok", live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert b"besok" not in client.get("/sitemap-halaman.xml").content


def test_robots__names_the_sitemap(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


@pytest.mark.parametrize("languages", ["id", "en-GB,en;q=0.9", "", "xx-\x00"])
def test_start__goes_to_indonesian(client: Client, languages: str) -> None:
    response = client.get("/", headers={"accept-language": languages})
    assert (response.status_code, response["Location"]) == (302, "/id/")
