"""A newcomer's walk through the starter site, on a phone and on a wide screen, with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import OpenWindow

Check = Callable[[Page], None]
BOTH_WIDTHS = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture
def sound(axe: Check, no_sideways_scroll: Check) -> Check:
    """`sound(page)`: accessible, no wider than the window, one main heading."""

    def check(page: Page) -> None:
        axe(page)
        no_sideways_scroll(page)
        expect(page.locator("h1")).to_have_count(1)

    return check


@BOTH_WIDTHS
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_walk__from_home_to_news(
    site: str, open_window: OpenWindow, sound: Check, no_sideways_scroll: Check, width: int, javascript: bool
) -> None:
    page = open_window(width, java_script_enabled=javascript)
    # axe itself is a script: without scripts only what is seen can be checked.
    check = sound if javascript else no_sideways_scroll

    page.goto(f"{site}/")
    assert page.url == f"{site}/id/"
    check(page)

    page.locator("main input[type=search]").first.fill("stunting")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()
    results = page.locator("main article h2 a, main article h3 a")
    expect(results.first).to_be_visible()
    page.wait_for_load_state("load")
    check(page)
    directory = page.url

    filters = page.locator("details:has(input[type=checkbox])")
    box = page.locator("main input[type=checkbox]").first
    for index in range(filters.count()):
        if not box.is_visible():
            filters.nth(index).locator("summary").first.click()
    box.check()
    page.get_by_role("button", name="Terapkan").first.click()
    assert page.url != directory
    expect(results.first).to_be_visible()
    check(page)

    title = results.first.inner_text().strip()
    results.first.click()
    expect(page.locator("h1")).to_contain_text(title[:20])
    expect(page.get_by_text("Belum dilaporkan").first).to_be_visible()
    check(page)

    for path, child in (("panduan", "Mereplikasi inovasi"), ("berita", None)):
        page.goto(f"{site}/id/{path}/")
        check(page)
        links = page.locator("main article h2 a, main article h3 a, main li h2 a, main li h3 a")
        (page.get_by_role("link", name=child) if child else links).first.click()
        expect(page.locator("h1")).to_be_visible()
        check(page)


@BOTH_WIDTHS
def test_not_found__is_a_page_of_the_portal(
    site: str, open_window: OpenWindow, sound: Check, width: int
) -> None:
    page = open_window(width)
    answer = page.goto(f"{site}/id/tidak-ada/")
    assert answer is not None
    assert answer.status == 404
    sound(page)


def test_keyboard__first_tab_skips_to_the_content(site: str, page: Page) -> None:
    page.goto(f"{site}/id/")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    expect(link).to_be_visible()
    assert (link.get_attribute("href") or "").startswith("#")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1


@BOTH_WIDTHS
def test_dark__is_accessible_too(site: str, open_window: OpenWindow, sound: Check, width: int) -> None:
    page = open_window(width, color_scheme="dark")
    page.goto(f"{site}/id/")
    sound(page)


def test_admin__demo_account_signs_in(site: str, page: Page) -> None:
    from accounts.demo import DEMO_PASSWORD, DEMO_USERNAME

    page.goto(f"{site}/admin/")
    page.locator("input[name=username]").fill(DEMO_USERNAME)
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("button[type=submit], input[type=submit]").first.click()
    page.wait_for_url(f"{site}/admin/")
    expect(page.locator("nav").first).to_be_visible()


def test_weight__first_load_is_at_most_100_kb_without_images(site: str, page: Page) -> None:
    responses: list[Response] = []
    page.on("response", lambda answer: responses.append(answer))
    page.goto(f"{site}/id/")
    sizes = [len(answer.body()) for answer in responses if answer.request.resource_type != "image"]
    assert len(sizes) > 1
    assert sum(sizes) <= 100_000
