"""Size of the editing form, and how soon one can type in it on slow 4G (150 ms, 1.6 Mbit/s).

    python benchmarks/editing_form.py [--rounds 3]

Builds the starter site in a throw-away folder, serves it as `make run` does, and opens the empty form and the
fullest record in Chromium: cold (nothing cached) and warm (the second visit). Ready means: the fields, the
ten narrative editors and the counters are there. Bytes are what crossed the line, compressed as served.
"""

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.browser import BROWSER_ARGUMENTS, HOW_TO_GET_A_BROWSER, find_browser
from scripts.starter import starter_site

SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
LIMIT = 250_000
# The account of `accounts.demo`, known to all; that module would want Django set up here.
DEMO_USERNAME, DEMO_PASSWORD = "demo", "coba-jippnas"
READY = """() => document.querySelector("#id_problem-left") !== null
    && document.querySelectorAll("[data-narrative-section] [contenteditable=true]").length === 10"""


@dataclass
class Visit:
    seconds: float
    transferred: int
    requests: int
    html: int


def visit(page: Page, address: str) -> Visit:
    """Opens the address on a slow line; the cache is the context's."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    start = time.monotonic()
    response = page.goto(address, wait_until="commit")
    page.wait_for_function(READY, timeout=120_000)
    seconds = time.monotonic() - start
    assert response is not None
    page.wait_for_load_state()
    transferred = [size for size in sizes if size > 0]
    return Visit(seconds, int(sum(transferred)), len(transferred), len(response.body()))


def signed_in(browser: Browser, site: str) -> Any:
    """Cookies of the demo account."""
    context = browser.new_context(locale="id-ID")
    page = context.new_page()
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", DEMO_USERNAME)
    page.fill("[name=password]", DEMO_PASSWORD)
    with page.expect_navigation():
        page.click("button[type=submit]")
    state = context.storage_state()
    context.close()
    return state


def addresses(folder: Path) -> dict[str, str]:
    with sqlite3.connect(folder / "site.sqlite3") as database:
        (section,) = database.execute(
            "SELECT page_ptr_id FROM directory_directorysectionpage WHERE institution_id IS NOT NULL LIMIT 1"
        ).fetchone()
        (fullest,) = database.execute(
            "SELECT page_ptr_id FROM directory_innovationpage"
            " ORDER BY completeness DESC, LENGTH(narrative) DESC"
        ).fetchone()
    return {
        "empty form": f"/admin/pages/add/directory/innovationpage/{section}/",
        "fullest record": f"/admin/pages/{fullest}/edit/",
    }


def measure(browser: Browser, state: Any, address: str, rounds: int) -> dict[str, list[Visit]]:
    visits: dict[str, list[Visit]] = {"cold": [], "warm": []}
    for _ in range(rounds):
        context: BrowserContext = browser.new_context(storage_state=state, locale="id-ID")
        for kind in ("cold", "warm"):
            page = context.new_page()
            visits[kind].append(visit(page, address))
            page.close()
        context.close()
    return visits


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    executable = find_browser()
    if executable is None:
        sys.exit(HOW_TO_GET_A_BROWSER)
    over = False
    with tempfile.TemporaryDirectory() as name, starter_site(Path(name)) as site, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        state = signed_in(browser, site)
        for label, path in addresses(Path(name)).items():
            for kind, visits in measure(browser, state, site + path, rounds).items():
                middle = statistics.median(found.seconds for found in visits)
                last = visits[-1]
                print(
                    f"{label}, {kind}: HTML {last.html / 1000:.0f} KB, transferred "
                    f"{last.transferred / 1000:.0f} KB in {last.requests} requests, "
                    f"ready after {middle:.1f} s"
                )
                over = over or last.html >= LIMIT
        browser.close()
    if over:
        print(f"over the limit of {LIMIT / 1000:.0f} KB", file=sys.stderr)
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
