"""`make pictures`: the pictures of docs/buku-panduan.md, into docs/handbook/.

Goes the way of the first chapter in a browser, on a starter site of its own in a temporary folder.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

from django import setup
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from scripts.browser import BROWSER_ARGUMENTS, HOW_TO_GET_A_BROWSER, find_browser
from scripts.environment import ROOT
from scripts.starter import starter_site

FOLDER = ROOT / "docs" / "handbook"
WIDTH, HEIGHT = 1000, 720
LARGEST = 80_000
COLOURS = (128, 64, 32)
# Neither a cursor that blinks nor a notice that goes away.
STILL = """
*, *::before, *::after { transition: none !important; animation: none !important; }
* { caret-color: transparent !important; }
.messages { display: none; }
"""


def shoot(page: Page, name: str, top: int = 0, height: int = HEIGHT) -> None:
    """The window, or a strip of it, as a PNG of few colours. Raises `RuntimeError` where it is too large."""
    page.wait_for_load_state("networkidle")
    page.add_style_tag(content=STILL)
    path = FOLDER / f"{name}.png"
    page.screenshot(path=str(path), clip={"x": 0, "y": top, "width": WIDTH, "height": height})
    with Image.open(path) as picture:
        full = picture.convert("RGB")
    for colours in COLOURS:
        full.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB", flush=True)
            return
    raise RuntimeError(f"{path} has {path.stat().st_size} bytes; show less in it")


def open_window(browser: Browser) -> Page:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        locale="id-ID",
        color_scheme="light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    return context.new_page()


def enter(browser: Browser, site: str, name: str, password: str) -> Page:
    page = open_window(browser)
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def scroll_to(found: Locator) -> None:
    """Whatever it is that scrolls."""
    found.page.wait_for_load_state("networkidle")
    found.evaluate("element => element.scrollIntoView({block: 'center'})")


def draw(browser: Browser, site: str) -> None:
    from scripts import handbook_example as example

    things = example.build()
    guest = open_window(browser)
    guest.goto(f"{site}{things.invitation}")
    guest.get_by_label("Nama depan").fill("Sari")
    guest.get_by_label("Nama belakang").fill("Wulandari")
    guest.get_by_label("Jabatan").fill("Pranata Humas")
    for field in guest.locator("input[type=password]").all():
        field.fill(example.PASSWORD)
    guest.evaluate("window.scrollTo(0, 0)")
    shoot(guest, "undangan")
    guest.get_by_role("button", name="Buat akun dan terima undangan").click()
    guest.wait_for_url("**/admin/")
    shoot(guest, "beranda-pertama")

    guest.get_by_role("link", name="Tulis inovasi pertama Anda").click()
    guest.wait_for_url(re.compile("/add/"))
    guest.locator("[name=title]").fill("Posyandu berkeliling")
    guest.locator("[name=problem]").fill(example.COMPLETE["problem"])
    guest.mouse.click(5, 5)
    shoot(guest, "formulir")
    guest.locator("footer [data-w-dropdown-target=toggle]").first.click()
    guest.wait_for_timeout(500)
    shoot(guest, "ajukan", top=HEIGHT - 320, height=320)

    example.return_record(things)
    guest.goto(f"{site}/admin/")
    scroll_to(guest.locator("#returned-section"))
    shoot(guest, "dikembalikan", height=480)

    editor = enter(browser, site, "dewi", example.PASSWORD)
    editor.goto(f"{site}/admin/konfirmasi/{things.published}/")
    shoot(editor, "konfirmasi")
    editor.goto(f"{site}/admin/anggota/")
    shoot(editor, "anggota")

    address = example.submit_record(things)
    validator = enter(browser, site, "rahma", example.PASSWORD)
    validator.goto(f"{site}{address}")
    scroll_to(validator.get_by_label("Bukti", exact=True))
    shoot(validator, "validasi")


def main() -> int:
    browser_path = find_browser()
    if not browser_path:
        print(HOW_TO_GET_A_BROWSER, file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, starter_site(Path(name)) as site:
        os.environ["DATABASE_URL"] = f"sqlite:///{name}/site.sqlite3"
        os.environ["MEDIA_ROOT"] = f"{name}/media"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
        # Playwright keeps an event loop in this thread, which Django would take for async code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        setup()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=BROWSER_ARGUMENTS)
            draw(browser, site)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
