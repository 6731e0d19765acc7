"""`make screenshots`: every page type at 360 and 1280 px, light and dark, into screenshots/.

Starts the starter site on a database of its own, in a temporary folder. PNG files are named
`<page>-<width>-<light|dark>.png`.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Literal

from django import setup
from playwright.sync_api import Page, sync_playwright

from scripts.browser import BROWSER_ARGUMENTS, HOW_TO_GET_A_BROWSER, find_browser
from scripts.environment import ROOT
from scripts.starter import starter_site

FOLDER = ROOT / "screenshots"
WIDTHS = (360, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SEARCHES = {"results": "?q=kesehatan+ibu", "typo": "?q=stuntng", "nothing": "?q=xyzzyq"}


def addresses(database: Path) -> dict[str, str]:
    """A page of every type, by name: the first one in the tree of each, and pages that are no type."""
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    setup()
    from wagtail.models import Page as TreePage
    from wagtail.models import get_page_models

    found = {}
    for model in get_page_models():
        page = model.objects.live().filter(locale__language_code="id").order_by("path").first()
        if model is not TreePage and page and page.url:
            found[model.__name__] = page.url
    directory = found.get("DirectoryIndexPage", "/id/")
    found |= {f"directory-{name}": f"{directory}{query}" for name, query in SEARCHES.items()}
    found["site-search"] = "/id/cari/?q=replikasi"
    found["not-found"] = "/id/tidak-ada/"
    return found


def shoot(page: Page, site: str, name: str, path: str, variant: str) -> None:
    page.goto(f"{site}{path}")
    page.screenshot(path=str(FOLDER / f"{name}-{variant}.png"), full_page=True)


def main() -> int:
    browser_path = find_browser()
    if not browser_path:
        print(HOW_TO_GET_A_BROWSER, file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, starter_site(Path(name)) as site:
        pages = addresses(Path(name) / "site.sqlite3")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=BROWSER_ARGUMENTS)
            for width in WIDTHS:
                for scheme in SCHEMES:
                    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                    for number, (title, path) in enumerate(pages.items(), 1):
                        print(f"{width} px, {scheme}: {number}/{len(pages)} {title}", flush=True)
                        shoot(page, site, title, path, f"{width}-{scheme}")
                    page.close()
            browser.close()
    print(f"{len(pages) * len(WIDTHS) * len(SCHEMES)} pictures in {FOLDER.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
