"""The browser fixtures themselves: they must see what is wrong, or every browser test is worth nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from wagtail.models import Locale
from wagtail.models import Page as TreePage

from tests.browser.conftest import OpenWindow


@pytest.mark.parametrize("page", [360, 1280], indirect=True)
def test_live_server__serves_pages_and_static_files(live_server: object, page: Page) -> None:
    static: list[int] = []
    page.on("response", lambda r: static.append(r.status) if "/static/" in r.url else None)
    page.goto(f"{live_server}/admin/login/")
    assert page.locator("input[name=username]").is_visible()
    assert static
    assert set(static) <= {200, 304}


@pytest.mark.parametrize("turn", [1, 2])
def test_live_server__rows_of_migrations_stay(live_server: object, turn: int) -> None:
    assert Locale.objects.count() == 2
    assert TreePage.objects.filter(depth=1).exists()


def test_axe__finds_a_missing_label(page: Page, axe: Callable[..., None]) -> None:
    page.set_content("<!doctype html><html lang=id><title>x</title><main><h1>x</h1><input></main>")
    with pytest.raises(pytest.fail.Exception, match=r"label \(critical\)"):
        axe(page)


def test_axe__passes_a_good_page(page: Page, axe: Callable[..., None]) -> None:
    page.set_content("<!doctype html><html lang=id><title>x</title><main><h1>Halo</h1></main></html>")
    axe(page)


def test_sideways__seen(page: Page, no_sideways_scroll: Callable[[Page], None]) -> None:
    page.set_content("<div style='width:3000px'>x</div>")
    with pytest.raises(AssertionError, match="wide in a window of 1280"):
        no_sideways_scroll(page)


def test_window__third_party_and_script_errors_fail(browser: object) -> None:
    from tests.browser import conftest

    windows = conftest.open_window.__wrapped__(browser)  # the generator under the fixture
    open_it: OpenWindow = next(windows)
    page = open_it(360)
    page.set_content(
        "<script>setTimeout(() => { throw new Error('boo') })</script><img src=http://example.org/x>"
    )
    page.wait_for_load_state("load")
    page.evaluate("new Promise(done => setTimeout(done, 50))")
    with pytest.raises(pytest.fail.Exception) as failure:
        next(windows)
    assert "third party: http://example.org/x" in str(failure.value)
    assert "boo" in str(failure.value)
