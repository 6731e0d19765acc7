"""The suggestions below a search box: by keyboard, mouse and touch, and a plain box where there are none."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, Page, Route, expect

from search import names
from tests.browser.conftest import OpenWindow
from tests.factories import directory as factory
from tests.factories.home import make_home
from tests.factories.taxonomy import CityFactory, SectorFactory

Check = Callable[[Page], None]
ASKED = "**/cari/saran/**"
LONG = "Layanan kesehatan keliling bagi ibu hamil di desa kepulauan dan pegunungan yang jauh dari puskesmas"


@pytest.fixture
def portal(live_server: Any) -> Iterator[str]:
    """The address of the directory of a small portal."""
    cache.clear()
    names.forget()
    make_home()
    city = CityFactory(code="35.73", short_name="Kediri")
    sector = SectorFactory(code="kesehatan", name_id="Kesehatan")
    for title in ("Kemitraan bidan", LONG, "Layanan warga"):
        page = factory.innovation(title=title, region=city, sectors=[sector])
        page.save_revision().publish()
    yield live_server.url + factory.directory_index().url
    cache.clear()
    names.forget()


def box_of(page: Page) -> Locator:
    return page.locator("main input[type=search]")


def options_of(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def typed(page: Page, portal: str, text: str = "ke") -> Locator:
    """The box with something typed and the list open."""
    page.goto(portal)
    box = box_of(page)
    # The list of the whole text, not of the letters before it.
    with page.expect_response(lambda answer: answer.url.endswith(f"&q={quote(text)}")):
        box.press_sequentially(text)
    expect(options_of(page).first).to_be_visible()
    return box


def active_option(page: Page, box: Locator) -> str:
    """The text of the option that the box says is active; "" for none."""
    name = box.get_attribute("aria-activedescendant")
    selected = page.locator('[role="option"][aria-selected="true"]')
    expect(selected).to_have_count(1 if name else 0)
    return selected.locator(f"xpath=self::*[@id='{name}']").inner_text() if name else ""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_list__accessible_and_within_the_window(
    portal: str, open_window: OpenWindow, axe: Check, no_sideways_scroll: Check, width: int, dark: bool
) -> None:
    page = open_window(width, color_scheme="dark" if dark else "light")
    box = typed(page, portal)
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    axe(page)
    no_sideways_scroll(page)
    heights = options_of(page).evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert min(heights) >= 44
    for address in (portal.rsplit("/id/", 1)[0] + "/id/", portal.rsplit("/id/", 1)[0] + "/id/cari/"):
        page.goto(address)
        axe(page)


def test_list__says_what_there_is(portal: str, page: Page) -> None:
    box = typed(page, portal)
    expect(page.get_by_role("combobox", name="Masalah atau nama inovasi")).to_be_focused()
    expect(page.get_by_role("listbox", name="Saran pencarian")).to_be_visible()
    expect(page.get_by_role("option", name="Kota Kediri Wilayah")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("4 saran. Pilih dengan panah atas dan bawah.")
    box.press_sequentially("zzz")
    expect(page.get_by_role("status")).to_have_text("Tidak ada saran.")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_keyboard__arrows_walk_through_the_box_and_round(portal: str, page: Page) -> None:
    box = typed(page, portal)
    walked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        walked.append(active_option(page, box).partition("\n")[0].split(" ")[0])
    assert walked == ["Kesehatan", "Kota", "Kesehatan", "", "Layanan", ""]
    expect(box).to_be_focused()
    expect(box).to_have_value("ke")


def test_keyboard__home_and_end_belong_to_the_text(portal: str, page: Page) -> None:
    box = typed(page, portal)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    assert active_option(page, box) == ""
    assert box.evaluate("box => box.selectionStart") == 0
    page.keyboard.press("End")
    assert box.evaluate("box => box.selectionStart") == 2


def test_keyboard__enter_takes_the_active_option(portal: str, page: Page) -> None:
    typed(page, portal, "kemi")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kemitraan bidan")


def test_keyboard__enter_without_an_option_searches(portal: str, page: Page) -> None:
    typed(page, portal, "kemitraan")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal}?q=kemitraan&sort=")


def test_keyboard__typing_on_lets_go_of_the_option(portal: str, page: Page) -> None:
    box = typed(page, portal, "ke")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("m")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal}?q=kem&sort=")
    expect(box).to_have_value("kem")


def test_keyboard__escape_closes_then_empties(portal: str, page: Page) -> None:
    box = typed(page, portal)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("ke")
    page.keyboard.press("ArrowDown")
    expect(options_of(page).first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_keyboard__tab_closes_and_goes_on(portal: str, page: Page) -> None:
    box = typed(page, portal)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Cari", exact=True)).to_be_focused()
    assert box.get_attribute("aria-activedescendant") is None


def test_mouse__a_click_leads_there(portal: str, page: Page) -> None:
    typed(page, portal)
    page.get_by_role("option", name="Kota Kediri").click()
    page.wait_for_url(re.compile(r"\?region=35\.73$"))
    expect(page.get_by_role("heading", name="3 inovasi")).to_be_visible()


def test_mouse__a_click_elsewhere_closes(portal: str, page: Page) -> None:
    typed(page, portal)
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_touch__a_tap_leads_there(portal: str, open_window: OpenWindow) -> None:
    page = open_window(360, has_touch=True, is_mobile=True)
    page.goto(portal)
    box_of(page).tap()
    box_of(page).press_sequentially("kemi")
    page.get_by_role("option", name="Kemitraan bidan").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kemitraan bidan")


def test_late_answers__are_not_shown(portal: str, page: Page) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if route.request.url.endswith("q=ke"):
            held.append(route)
        else:
            route.continue_()

    page.route(ASKED, hold_the_first)
    page.goto(portal)
    with page.expect_request(ASKED):
        box_of(page).press_sequentially("ke")
    box_of(page).press_sequentially("di")
    expect(options_of(page)).to_have_count(1)
    page.evaluate(
        "const list = document.querySelector('.suggestions'); window.shown = [];"
        "new MutationObserver(() => shown.push(list.textContent)).observe(list, { childList: true })"
    )
    for route in held:
        route.continue_()
    box_of(page).press_sequentially("ri")  # asked about 150 ms later: the late answer has had its time
    page.wait_for_function("shown.length")
    assert all("Kediri" in words and "Kesehatan" not in words for words in page.evaluate("shown"))


def test_closed__an_answer_after_escape_stays_away(portal: str, page: Page) -> None:
    typed(page, portal, "ke")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.keyboard.type("d")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")  # asks anew: were the first still waiting, there would be two
    expect(options_of(page)).to_have_count(1)
    assert len(requests) == 1


@pytest.mark.parametrize("answer", ["broken", "500", "no JSON"])
def test_failing__the_box_works_as_before(portal: str, page: Page, answer: str) -> None:
    def fail(route: Route) -> None:
        if answer == "broken":
            route.abort()
        else:
            route.fulfill(status=500 if answer == "500" else 200, body="<html>")

    page.route(ASKED, fail)
    page.goto(portal)
    with page.expect_request(ASKED):
        box_of(page).press_sequentially("kemitraan")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal}?q=kemitraan&sort=")
    expect(page.get_by_role("link", name="Kemitraan bidan")).to_be_visible()


def test_without_scripts__a_plain_box(portal: str, open_window: OpenWindow) -> None:
    page = open_window(360, java_script_enabled=False)
    page.goto(portal)
    box = box_of(page)
    assert box.get_attribute("role") is None
    box.press_sequentially("kemitraan")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Kemitraan bidan")).to_be_visible()


def test_metered__nothing_is_asked(portal: str, page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { get: () => ({ saveData: true }) })"
    )
    page.goto(portal)
    box = box_of(page)
    assert box.get_attribute("role") is None
    assert box.get_attribute("autocomplete") is None


def test_forced_colours__the_active_option_has_a_frame(portal: str, open_window: OpenWindow) -> None:
    page = open_window(360, forced_colors="active")
    typed(page, portal)
    page.keyboard.press("ArrowDown")
    option = page.locator('[role="option"][aria-selected="true"]')
    assert option.evaluate("option => getComputedStyle(option).outlineStyle") == "solid"
