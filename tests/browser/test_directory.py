"""The directory and the profile in a real browser: two widths, light and dark, without scripts, on paper."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from directory.models import Confirmation, InnovationPage, Validation
from tests.factories import directory as factory
from tests.factories.cms import ImageFactory
from tests.factories.home import make_home

LONG = (
    "Bidan desa dan dukun bayi menandatangani perjanjian, mencatat ibu hamil, lalu mengantar ke puskesmas. "
)


def rich_innovation(**fields: Any) -> InnovationPage:
    """More of everything than one sheet can hold."""
    page = factory.full_innovation(
        title="Kemitraan bidan dan dukun bayi untuk persalinan aman di desa kepulauan dan pegunungan",
        summary=(LONG * 10)[:1000],
        problem=(LONG * 10)[:700],
        result=(LONG * 10)[:700],
        narrative=factory.narrative("how_it_works", "background", "resources", "lessons", text=LONG * 20),
        evidence=[
            factory.evidence_row(
                str(n), indicator=f"Indikator {n} {LONG}"[:200], source=LONG[:300], method=LONG
            )
            for n in range(9)
        ],
        prerequisites=[
            {
                "type": "prerequisite",
                "value": {"kind": "staff", "statement": LONG[:300], "necessity": "essential"},
            }
            for _ in range(12)
        ],
        replication_kit=[
            {
                "type": "item",
                "value": {
                    "kind": "sop",
                    "title": LONG[:200],
                    "address": "https://contoh.go.id/",
                    "necessity": "core",
                },
            }
            for _ in range(12)
        ],
        staff_needed=LONG[:300],
        lead_image=ImageFactory(),
        **fields,
    )
    Confirmation.objects.create(page=page, status="running", confirmed_by_post="Kepala Dinas Kesehatan")
    Validation.objects.create(page=page, source="kipp")
    page.save_revision().publish()
    return page


def bare_innovation(**fields: Any) -> InnovationPage:
    page = factory.innovation(**fields)
    page.save_revision().publish()
    return page


@pytest.fixture
def portal(live_server: Any) -> str:
    """The address of a small directory: one rich record, some bare ones."""
    make_home()
    rich_innovation()
    sector = factory.reference(factory.Sector, "sosial", name_id="Sosial")
    for number in range(3):
        bare_innovation(
            title=f"Layanan warga {number}", summary="Bagi warga desa", kind="digital", sectors=[sector]
        )
    bare_innovation(title="Layanan yang berhenti", operational_status="stopped")
    return live_server.url


def directory_of(portal: str) -> str:
    return portal + factory.directory_index().url


def profile_of(portal: str, title: str) -> str:
    return portal + InnovationPage.objects.get(title__startswith=title).url


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages__accessible_and_within_the_window(
    portal: str,
    open_window: Callable[..., Page],
    axe: Callable[..., None],
    no_sideways_scroll: Callable[[Page], None],
    width: int,
    dark: bool,
) -> None:
    page = open_window(width, color_scheme="dark" if dark else "light")
    for url in (
        directory_of(portal),
        directory_of(portal) + "?q=warga+bidan&sector=sosial&foo=1",
        directory_of(portal) + "?q=zzqqxx&sector=sosial",
        profile_of(portal, "Kemitraan"),
        profile_of(portal, "Layanan warga 1"),
        profile_of(portal, "Layanan yang berhenti"),
        profile_of(portal, "Layanan warga 1").rsplit("/", 2)[0] + "/",
    ):
        page.goto(url)
        page.locator("main details").evaluate_all("all => all.forEach(each => (each.open = true))")
        axe(page)
        no_sideways_scroll(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("width", [360, 1280])
def test_directory__filter_and_take_the_filter_away(
    portal: str, open_window: Callable[..., Page], width: int, scripts: bool
) -> None:
    page = open_window(width, java_script_enabled=scripts)
    page.goto(directory_of(portal))
    expect(page.get_by_role("heading", name="4 inovasi")).to_be_visible()
    if width == 360:
        box = page.get_by_role("checkbox", name=re.compile("Sosial"))
        expect(box).to_be_hidden()
        page.locator("summary.filters__summary").click()
    page.get_by_role("checkbox", name=re.compile("Sosial")).check()
    page.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_role("heading", name="3 inovasi")).to_be_visible()
    if width == 360:
        expect(page.locator("summary.filters__summary")).to_have_text("Saring (1)")
    page.get_by_role("link", name="Hapus saringan Sosial").click()
    expect(page.get_by_role("heading", name="4 inovasi")).to_be_visible()
    page.get_by_role("link", name="Tampilkan juga").click()
    expect(page.get_by_role("link", name="Layanan yang berhenti")).to_be_visible()


def test_directory__search_sort_and_open_a_profile_by_keyboard(portal: str, page: Page) -> None:
    page.goto(directory_of(portal))
    page.locator("#finder-text").focus()
    page.keyboard.type("bidan")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 inovasi")).to_be_visible()
    expect(page).to_have_title(re.compile("“bidan”"))
    expect(page.locator("mark").first).to_be_visible()
    link = page.get_by_role("link", name=re.compile("Kemitraan bidan"))
    page.locator("#finder-text").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    assert link.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kemitraan bidan")


@pytest.mark.parametrize("page", [360, 1280], indirect=True)
def test_profile__four_facts_and_the_way_to_ask(portal: str, page: Page) -> None:
    for title in ("Kemitraan", "Layanan warga 1"):
        page.goto(profile_of(portal, title))
        facts = page.locator(".profile .trio--four dt")
        expect(facts).to_have_text(["Biaya", "Bukti", "Waktu siap", "Direplikasi"])
    # The bare record's gaps lead to the owner.
    page.get_by_role(
        "link", name=re.compile("Tanyakan kepada pemilik tentang prasyarat|lebih dulu")
    ).first.click()
    assert "/tanya/" in page.url
    assert "bagian=" in page.url


def test_profile__contents_list_leads_to_every_part(portal: str, page: Page) -> None:
    page.goto(profile_of(portal, "Kemitraan"))
    targets = page.locator(".toc a").evaluate_all("links => links.map(link => link.hash)")
    assert len(targets) == 10
    for target in targets:
        expect(page.locator(target)).to_have_count(1)


def test_profile__targets_are_large_enough(portal: str, open_window: Callable[..., Page]) -> None:
    page = open_window(360)
    page.goto(directory_of(portal))
    page.locator("summary.filters__summary").click()
    boxes = page.locator("input[type=checkbox], button, summary, .chip").evaluate_all(
        "all => all.filter(e => e.offsetParent).map(e => Math.round(e.getBoundingClientRect().height))"
    )
    assert min(boxes) >= 24


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("title", ["Kemitraan", "Layanan warga 1"])
def test_print__one_sheet(portal: str, open_window: Callable[..., Page], title: str) -> None:
    page = open_window(680)  # as wide as the paper between its margins: 180 mm
    page.goto(profile_of(portal, title))
    assert sheets(page.pdf(prefer_css_page_size=True)) == 1
    page.emulate_media(media="print")
    for words in (page.locator(".sheet__title"), page.locator(".sheet__foot")):
        expect(words).to_be_visible()
    expect(page.locator(".sheet__foot")).to_contain_text("/id/inovasi/")
    expect(page.get_by_role("navigation")).to_have_count(0)
    # Nothing is cut off: the sheet ends before the guard does.
    assert page.locator(".sheet").evaluate("sheet => sheet.scrollHeight <= sheet.clientHeight")


def test_print__the_whole_page_would_not_fit(portal: str, page: Page) -> None:
    """That one sheet is the print style's doing, and the counting of sheets counts."""
    page.goto(profile_of(portal, "Kemitraan"))
    page.locator("link[media=print]").evaluate("link => link.remove()")
    assert sheets(page.pdf()) > 1


def test_print__button_only_with_scripts(portal: str, open_window: Callable[..., Page]) -> None:
    for scripts in (True, False):
        page = open_window(1280, java_script_enabled=scripts)
        page.goto(profile_of(portal, "Kemitraan"))
        expect(page.get_by_role("button", name="Cetak satu lembar")).to_have_count(int(scripts))
        expect(page.get_by_text("menu Cetak atau Bagikan")).to_be_visible(visible=not scripts)
