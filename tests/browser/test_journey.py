"""The pages around the directory as people see and touch them: phone, wide, dark, keyboard, paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenWindow

Check = Callable[[Page], None]


def open_first(page: Page, address: str) -> None:
    """The first thing listed on an index page."""
    page.goto(address)
    # A click returns before the style sheets of the next page are there; what is measured then has no style.
    with page.expect_event("load"):
        page.locator("main article h2 a").first.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages__are_accessible_and_fit(
    site: str, open_window: OpenWindow, axe: Check, no_sideways_scroll: Check, width: int, scheme: str
) -> None:
    page = open_window(width, color_scheme=scheme)
    for path in ("", "angka/", "berita/", "panduan/", "tentang/"):
        page.goto(f"{site}/id/{path}")
        axe(page)
        no_sideways_scroll(page)
    for path in ("berita/", "panduan/"):
        open_first(page, f"{site}/id/{path}")
        axe(page)
        no_sideways_scroll(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_enquiry__errors_keep_the_text_and_lead_to_the_field(
    site: str, open_window: OpenWindow, axe: Check, no_sideways_scroll: Check, width: int
) -> None:
    page = open_window(width)
    page.goto(f"{site}/id/direktori/")
    page.locator("main article h2 a, main article h3 a").first.click()
    page.locator("main a[href*='/tanya/']").first.click()
    axe(page)
    no_sideways_scroll(page)
    page.get_by_label("Pertanyaan Anda").fill("Berapa bidan yang diperlukan?")
    page.get_by_role("button", name="Kirim").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Yang Anda tulis masih ada")
    expect(page.get_by_label("Pertanyaan Anda")).to_have_value("Berapa bidan yang diperlukan?")
    axe(page)
    alert.get_by_role("link").first.click()
    page.get_by_label("Surel Anda").fill("saya@contoh.go.id")
    page.get_by_role("button", name="Kirim").click()
    expect(page.locator("h1")).to_contain_text("Terima kasih")
    axe(page)


def test_header__is_one_line_on_a_phone_and_its_menu_needs_no_script(
    site: str, open_window: OpenWindow
) -> None:
    page = open_window(360, java_script_enabled=False)
    page.goto(f"{site}/id/")
    box = page.locator("header.top").bounding_box()
    assert box is not None
    assert box["height"] <= 72
    menu = page.locator("header summary")
    link = page.locator("header .menu").get_by_role("link", name="Panduan")
    expect(link).to_be_hidden()
    menu.click()
    expect(link).to_be_visible()
    link.click()
    expect(page.locator("h1")).to_have_text("Panduan")


def test_menu__opens_by_keyboard(site: str, open_window: OpenWindow) -> None:
    page = open_window(360)
    page.goto(f"{site}/id/")
    page.locator("header summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Direktori"


def test_tiles__are_large_enough_for_a_thumb(site: str, open_window: OpenWindow) -> None:
    page = open_window(360)
    page.goto(f"{site}/id/")
    boxes = [tile.bounding_box() for tile in page.locator("a.tile").all()]
    assert boxes
    assert min(min(box["width"], box["height"]) for box in boxes if box) >= 24


def test_tiles__are_read_with_full_names_and_stand_in_a_table(site: str, page: Page) -> None:
    page.goto(f"{site}/id/")
    tile = page.get_by_role("link", name="Jawa Timur:").first
    count = int(tile.inner_text().split(":")[1].split()[0])
    page.get_by_text("Lihat sebagai tabel").click()
    row = page.get_by_role("row", name="Jawa Timur")
    expect(row.get_by_role("cell")).to_have_text(str(count))
    tile.click()
    expect(page.locator("main")).to_contain_text(f"{count} inovasi")


@pytest.mark.parametrize("width", [360, 1280])
def test_text__is_large_and_its_lines_are_short(site: str, open_window: OpenWindow, width: int) -> None:
    page = open_window(width)
    open_first(page, f"{site}/id/berita/")
    size, characters = page.locator(".prose p").first.evaluate(
        """paragraph => {
            const style = getComputedStyle(paragraph);
            const probe = document.createElement("span");
            probe.style.font = style.font;
            probe.textContent = "Pelayanan publik yang baik dimulai dari masalah warga. ".repeat(4);
            probe.style.position = "absolute";
            probe.style.whiteSpace = "nowrap";
            document.body.append(probe);
            const perCharacter = probe.getBoundingClientRect().width / probe.textContent.length;
            probe.remove();
            return [parseFloat(style.fontSize), paragraph.getBoundingClientRect().width / perCharacter];
        }"""
    )
    assert size >= 17
    assert characters <= 66


def test_guide__contents_lead_to_the_steps_and_paper_leaves_out_the_frame(site: str, page: Page) -> None:
    open_first(page, f"{site}/id/panduan/")
    page.locator(".toc a").nth(2).click()
    assert page.url.endswith("#langkah-3")
    expect(page.locator("#langkah-3 h2")).to_be_in_viewport()
    page.emulate_media(media="print")
    expect(page.locator("header .nav")).to_be_hidden()
    expect(page.locator("#langkah-3 h2")).to_be_visible()
