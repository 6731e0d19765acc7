"""The second step in a real browser: set up with the code an app would show, and asked for the next time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import SecondStep, User
from tests.browser.conftest import OpenWindow
from tests.factories.home import make_home

PASSWORD = "kuda-lumping-biru-7"


def code_of(secret: str, later: int = 0) -> str:
    """What the app shows, or shows so many steps later."""
    return pyotp.TOTP(secret).at(timezone.now() + timedelta(seconds=30 * later))


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", "ani")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")


@pytest.mark.parametrize(("width", "javascript"), [(360, True), (1280, True), (360, False)])
def test_two_factor__from_setting_up_to_a_recovery_code(
    live_server: Any,
    open_window: OpenWindow,
    axe: Callable[..., None],
    no_sideways_scroll: Callable[[Page], None],
    settings: Any,
    width: int,
    javascript: bool,
) -> None:
    settings.TWO_FACTOR = "roles"
    make_home()
    User.objects.create_superuser("ani", "ani@contoh.go.id", PASSWORD)
    page = open_window(width, java_script_enabled=javascript)

    def check() -> None:
        if not javascript:
            return
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            axe(page, "main")
        no_sideways_scroll(page)

    sign_in(page, live_server.url)
    expect(page.get_by_role("heading", name="Pasang masuk dua langkah")).to_be_visible()
    check()
    secret = page.locator("ol code").inner_text()
    page.get_by_label("Kode", exact=False).last.fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Simpan kode cadangan ini")).to_be_visible()
    check()
    recovery = page.locator(".codes code").all_inner_texts()
    page.get_by_role("link", name="Sudah saya simpan").click()
    expect(page).to_have_url(f"{live_server.url}/admin/")

    another = open_window(width, java_script_enabled=javascript)
    page = another
    sign_in(page, live_server.url)
    expect(page.get_by_role("heading", name="Satu langkah lagi")).to_be_visible()
    check()
    page.get_by_label("Kode").fill(code_of(secret, later=-9))
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("alert")).to_contain_text("Kode itu salah")
    check()
    page.get_by_label("Kode").fill(recovery[0].lower())
    page.get_by_role("button", name="Lanjut").click()
    expect(page).to_have_url(f"{live_server.url}/admin/")
    assert len(SecondStep.objects.get().recovery) == len(recovery) - 1
    page.goto(f"{live_server.url}/admin/akun/dua-langkah/")
    expect(page.get_by_text("Masih ada 9 kode cadangan.")).to_be_visible()
    check()
