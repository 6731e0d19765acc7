"""A real browser for the tests: the machine's own Chromium, driven by Playwright.

`page` is a fresh window, 1280 px wide; another width by `@pytest.mark.parametrize("page", [360, 1280],
indirect=True)`. `open_window(...)` makes one with other wishes (no JavaScript, dark). Whatever window
was used, a script error or a request to a third party fails the test.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from scripts.browser import BROWSER_ARGUMENTS, HOW_TO_GET_A_BROWSER, find_browser
from scripts.starter import starter_site
from tests.tools import require

# Playwright's sync API keeps an event loop in this thread, which Django would take for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HEIGHTS = {360: 780, 1280: 900}
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
OWN_HOSTS = ("127.0.0.1", "localhost")

OpenWindow = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            # One process drives the browser, so that the site is built once.
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_browser()
    require(executable, HOW_TO_GET_A_BROWSER)
    own_connections = {connection.alias: connection for connection in connections.all()}
    with sync_playwright() as playwright:
        # Inside an event loop Django would open connections anew, without what the test run knows of them.
        for alias, connection in own_connections.items():
            connections[alias] = connection
        browser = playwright.chromium.launch(
            executable_path=executable, headless=True, args=BROWSER_ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """The address of the starter site, as `make run` builds and serves it. Read only: tests share it."""
    with starter_site(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture
def open_window(browser: Browser) -> Iterator[OpenWindow]:
    """`open_window(width=1280, **wishes)`: a page in a context of its own; wishes go to Playwright."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def keep_home(route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in ("http", "https") and address.hostname not in OWN_HOSTS:
            problems.append(f"request to a third party: {route.request.url}")
            route.abort()
        else:
            route.continue_()

    def open_it(width: int = 1280, **wishes: Any) -> Page:
        wishes.setdefault("viewport", {"width": width, "height": HEIGHTS.get(width, 900)})
        wishes.setdefault("locale", "id-ID")
        context = browser.new_context(**wishes)
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.route("**/*", keep_home)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"script error on {page.url}: {error}"))
        return page

    yield open_it
    for context in contexts:
        context.close()
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.fixture
def page(request: pytest.FixtureRequest, open_window: OpenWindow) -> Page:
    return open_window(getattr(request, "param", 1280))


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """`axe(page)` fails with every accessibility violation: rule, why, and the elements concerned."""
    checker = Axe()

    def check(page: Page, context: str | None = None, ignore: tuple[str, ...] = ()) -> None:
        page.wait_for_load_state("load")  # a click returns before the style sheets are there
        options = {**AXE_OPTIONS, "rules": {rule: {"enabled": False} for rule in ignore}}
        violations = checker.run(page, context, options).response["violations"]
        if violations:
            lines = [f"{page.url}: {len(violations)} accessibility violation(s)"]
            for violation in violations:
                lines.append(f"- {violation['id']} ({violation['impact']}): {violation['help']}")
                for node in violation["nodes"][:5]:
                    lines.append(f"    {' '.join(map(str, node['target']))}  {node['html'][:160]}")
                    lines.append(f"      {(node.get('failureSummary') or '').replace(chr(10), ' ')}")
            pytest.fail("\n".join(lines), pytrace=False)

    return check


@pytest.fixture
def no_sideways_scroll() -> Callable[[Page], None]:
    """`no_sideways_scroll(page)` fails when the page is wider than the window."""

    def check(page: Page) -> None:
        page.wait_for_load_state("load")  # without its style sheets a page is wider than it will be
        wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= window, f"{page.url} is {wide} px wide in a window of {window} px"

    return check
