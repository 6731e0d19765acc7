"""The language switch, on every type of page: to the same content in the other language, and back."""

from collections.abc import Callable

import pytest
from django.apps import apps
from playwright.sync_api import Page, expect

from cms.models import BasePage

# Page type → a page of the starter site and its translation.
PAGES = {
    "home.HomePage": ("/id/", "/en/"),
    "home.StandardPage": ("/id/tentang/", "/en/about/"),
    "news.NewsIndexPage": ("/id/berita/", "/en/news/"),
    "news.NewsSectionPage": ("/id/berita/kemenpanrb/", "/en/news/kemenpanrb/"),
    "news.NewsPage": (
        "/id/berita/kemenpanrb/kipp-2019-dan-17-tujuan/",
        "/en/news/kemenpanrb/kipp-2019-and-the-17-goals/",
    ),
    "guides.GuideIndexPage": ("/id/panduan/", "/en/guides/"),
    "guides.GuideSectionPage": ("/id/panduan/kemenpanrb/", "/en/guides/kemenpanrb/"),
    "guides.GuidePage": (
        "/id/panduan/kemenpanrb/mereplikasi-inovasi-dari-minat-sampai-berjalan/",
        "/en/guides/kemenpanrb/replicating-an-innovation/",
    ),
    "directory.DirectoryIndexPage": ("/id/direktori/", "/en/directory/"),
    "directory.DirectorySectionPage": ("/id/direktori/bnpb/", "/en/directory/bnpb/"),
    "directory.InnovationPage": (
        "/id/direktori/pemkab-banggai/1-pk-100-kk/",
        "/en/directory/pemkab-banggai/1-pk-100-kk/",
    ),
}


def test_pages__are_of_every_type() -> None:
    types = {model._meta.label for model in apps.get_models() if issubclass(model, BasePage)}
    assert set(PAGES) == types


@pytest.mark.parametrize(("here", "there"), PAGES.values(), ids=PAGES)
def test_switch__leads_to_the_same_and_back(
    page: Page, site: str, axe: Callable[[Page], None], here: str, there: str
) -> None:
    page.goto(site + here)
    expect(page.locator("html")).to_have_attribute("lang", "id")
    own = page.locator("h1").inner_text()

    page.get_by_role("banner").get_by_role("link", name="English").click()

    expect(page).to_have_url(site + there)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator('link[rel=alternate][hreflang="id"]')).to_have_count(1)
    axe(page)

    page.get_by_role("banner").get_by_role("link", name="Bahasa Indonesia").click()

    expect(page).to_have_url(site + here)
    expect(page.locator("h1")).to_have_text(own)


@pytest.mark.parametrize("page", [360], indirect=True)
def test_switch__where_there_is_no_translation(
    page: Page, site: str, axe: Callable[[Page], None], no_sideways_scroll: Callable[[Page], None]
) -> None:
    page.goto(f"{site}/id/direktori/pemkot-surabaya/6-in-1/")
    own = page.locator("h1").inner_text()

    page.get_by_role("banner").get_by_role("link", name="English").click()

    assert page.url.startswith(f"{site}/en/innovations/")
    expect(page.locator("h1")).to_have_text(own)
    expect(page.locator("h1")).to_have_attribute("lang", "id")
    expect(page.locator("main")).to_contain_text("Only in Indonesian")
    axe(page)
    no_sideways_scroll(page)
