"""From an editor's invitation to a new colleague's front page, in two windows."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from accounts.models import User
from institutions import memberships
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind
from tests.factories import directory as factory
from tests.factories.home import make_home

PASSWORD = "sandi-untuk-uji"
Check = Callable[[Page], None]


@pytest.fixture
def editor(live_server: Any, open_window: Callable[..., Page]) -> Page:
    """An editor's window, signed in."""
    make_home()
    own = factory.institution("kab-contoh", name="Pemerintah Kabupaten Contoh")
    factory.directory_section(own)
    provision(own, [SectionKind.DIRECTORY])
    provision_portal()
    user = User.objects.create_user("editor", "editor@contoh.go.id", PASSWORD)
    memberships.begin(user, own, Role.EDITOR, [SectionKind.DIRECTORY])
    page = open_window()
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


@pytest.mark.parametrize("java_script", [True, False])
def test_invited__gets_in_at_first_try(
    editor: Page, live_server: Any, open_window: Callable[..., Page], axe: Check, java_script: bool
) -> None:
    editor.goto(f"{live_server.url}/admin/anggota/")
    axe(editor)
    editor.get_by_label("Surel").fill("baru@contoh.go.id")
    editor.get_by_label("Direktori").check()
    editor.get_by_role("button", name="Kirim undangan").click()
    expect(editor.locator("main")).to_contain_text("baru@contoh.go.id: Kontributor")
    path = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)
    assert path
    guest = open_window(360, java_script_enabled=java_script)
    guest.goto(live_server.url + path.group(1))
    if java_script:
        axe(guest)
    guest.get_by_label("Nama depan").fill("Ani")
    guest.get_by_label("Kata sandi:", exact=True).fill("pendek")
    guest.get_by_label("Kata sandi sekali lagi").fill("pendek")
    guest.get_by_role("button", name="Buat akun").click()
    expect(guest.get_by_role("alert")).to_contain_text("12 karakter")
    expect(guest.get_by_label("Nama depan")).to_have_value("Ani")
    guest.get_by_label("Kata sandi:", exact=True).fill("empat-kata-yang-panjang")
    guest.get_by_label("Kata sandi sekali lagi").fill("empat-kata-yang-panjang")
    guest.get_by_role("button", name="Buat akun").click()
    guest.wait_for_url("**/admin/")
    expect(guest.locator("body")).to_contain_text("Ani")
    other = open_window(360)
    assert other.goto(live_server.url + path.group(1)).status == 410
