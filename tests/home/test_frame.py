"""What stands around every page: menu, footer, notices, languages, weight."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import HomePage, PortalSettings, StandardPage
from tests.factories.home import StandardPageFactory, make_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return make_home()


def text_of(html: str, start: str, end: str) -> str:
    return html.split(start, 1)[1].split(end, 1)[0]


def add_page(home: Page, title: str, **fields: object) -> StandardPage:
    return StandardPageFactory(parent=home, title=title, slug=title.lower(), **fields)


def test_menu__holds_live_children_marked_for_menus(home: HomePage, client: Client) -> None:
    add_page(home, "Direktori", show_in_menus=True)
    add_page(home, "Draf", show_in_menus=True, live=False)
    add_page(home, "Privasi")
    html = client.get("/id/").content.decode()
    header, footer = text_of(html, "<header", "</header>"), text_of(html, "<footer", "</footer>")
    assert "Direktori" in header
    assert "Privasi" not in header
    assert "Privasi" in footer
    assert "Direktori" not in footer
    assert "Draf" not in html


def test_menu__leaves_out_restricted_pages(home: HomePage, client: Client) -> None:
    secret = add_page(home, "Rahasia", show_in_menus=True)
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    assert "Rahasia" not in client.get("/id/").content.decode()


def test_menu__marks_the_way_to_the_page(home: HomePage, client: Client) -> None:
    about = add_page(home, "Tentang", show_in_menus=True)
    StandardPageFactory(parent=about, title="Sejarah", slug="sejarah")
    assert 'aria-current="page">Tentang' in client.get("/id/tentang/").content.decode()
    assert 'aria-current="true">Tentang' in client.get("/id/tentang/sejarah/").content.decode()


def test_breadcrumbs__lead_from_the_front_page(home: HomePage, client: Client) -> None:
    about = add_page(home, "Tentang")
    StandardPageFactory(parent=about, title="Sejarah", slug="sejarah")
    html = client.get("/id/tentang/sejarah/").content.decode()
    crumbs = text_of(html, 'class="crumbs', "</nav>")
    assert re.findall(r'href="([^"]+)">([^<]+)<', crumbs) == [
        ("/id/", "Beranda"),
        ("/id/tentang/", "Tentang"),
    ]
    assert 'class="crumbs' not in client.get("/id/").content.decode()


def test_language_link__leads_to_the_same_or_says_that_there_is_no_such(
    home: HomePage, client: Client
) -> None:
    about = add_page(home, "Tentang")
    english, _ = Locale.objects.get_or_create(language_code="en")
    assert "hreflang" not in client.get("/id/tentang/").content.decode()
    home.copy_for_translation(english).save_revision().publish()
    translation = about.copy_for_translation(english)
    html = client.get("/id/tentang/").content.decode()
    instead = f"/en/translation/{about.pk}/"
    assert f'<a href="{instead}" lang="en" hreflang="en">English</a>' in html
    assert "alternate" not in html
    told = client.get(instead).content.decode()
    assert "Only in Indonesian" in told
    assert '<a href="/id/tentang/" lang="id" hreflang="id">Tentang</a>' in told
    # The nearest page above it that is there in English.
    assert f'href="{home.get_translation(english).url}">Go to' in told
    translation.save_revision().publish()
    assert client.get(instead)["Location"] == translation.url
    html = client.get("/id/tentang/").content.decode()
    assert f'<a href="{translation.url}" lang="en" hreflang="en">English</a>' in html
    assert '<link rel="alternate" hreflang="en" href="http://' in html
    assert '<html lang="id">' in html
    assert '<html lang="en">' in client.get(translation.url).content.decode()


@pytest.mark.parametrize("hide", ["draft", "restricted", "unknown", "huge"])
def test_untranslated__not_found(home: HomePage, client: Client, hide: str) -> None:
    page = add_page(home, "Rahasia", live=hide != "draft")
    if hide == "restricted":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    number = {"unknown": 999_999, "huge": 10**30}.get(hide, page.pk)
    assert client.get(f"/en/translation/{number}/").status_code == 404


def test_language_link__of_a_view_keeps_what_was_asked(home: HomePage, client: Client) -> None:
    english, _ = Locale.objects.get_or_create(language_code="en")
    home.copy_for_translation(english).save_revision().publish()
    html = client.get("/id/cari/?q=air+bersih").content.decode()
    assert '<a href="/en/search/?q=air+bersih" lang="en"' in html
    # What is not there has no address in another language: its switch leads to the front page.
    assert '<a href="/en/" lang="en"' in client.get("/id/tidak-ada/").content.decode()


def test_synthetic_notice__on_every_page_when_set(home: HomePage, client: Client) -> None:
    add_page(home, "Tentang")
    assert "Situs contoh" not in client.get("/id/").content.decode()
    settings = PortalSettings.load()
    settings.is_synthetic = True
    settings.save()
    for address in ("/id/", "/id/tentang/", "/id/tidak-ada/"):
        assert "Situs contoh" in client.get(address).content.decode(), address


def test_missing_page__says_what_to_do(home: HomePage, client: Client) -> None:
    response = client.get("/id/tidak-ada/")
    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.content.decode()


def test_broken_page__is_shown_without_context_or_queries(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        html = render_to_string("500.html")
    assert "Ada gangguan di pihak kami" in html
    assert not re.search(r'(?:src|href)="(?!/")', html)


def test_missing_page__without_any_site(client: Client) -> None:
    Page.objects.filter(depth__gt=1).delete()
    response = client.get("/id/tidak-ada/")
    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.content.decode()


def test_page__asks_nothing_of_third_parties_and_runs_no_inline_script(
    home: HomePage, client: Client
) -> None:
    html = client.get("/id/").content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r'(?:src|stylesheet" href)="(?:https?:)?//', html)
    assert not re.search(r'\sstyle="', html)


def test_first_load__within_100_kb(home: HomePage, client: Client) -> None:
    html = client.get("/id/").content.decode()
    assets = set(re.findall(r'(?:src|href)="/static/([^"]+)"', html))
    assert assets
    weight = len(html.encode()) + sum(Path(finders.find(name)).stat().st_size for name in assets)
    assert weight <= 100_000


@pytest.mark.parametrize("children", [0, 12])
def test_standard_page__constant_queries(
    home: HomePage, client: Client, children: int, django_assert_max_num_queries: object
) -> None:
    for number in range(children):
        add_page(home, f"Halaman{number}", show_in_menus=number % 2 == 0)
    add_page(home, "Tentang", introduction="Apa portal ini.")
    client.get("/id/tentang/")
    with django_assert_max_num_queries(11):
        client.get("/id/tentang/")
