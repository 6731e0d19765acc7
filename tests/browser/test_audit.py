"""The trail of what people did, in a real browser: filtered and downloaded."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect
from wagtail.log_actions import log

from institutions.audit.entries import LOGS
from tests.browser.conftest import OpenWindow
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory


@pytest.mark.parametrize("width", [360, 1280])
def test_trail__filtered_and_downloaded(
    live_server: Any,
    open_window: OpenWindow,
    axe: Callable[..., None],
    no_sideways_scroll: Callable[[Page], None],
    width: int,
) -> None:
    home = make_home()
    users = get_user_model().objects
    users.create_superuser("adi", "adi@contoh.go.id", "sandi-untuk-uji", first_name="Adi")
    ani = users.create_user("ani", "ani@contoh.go.id", "x", first_name="Ani", last_name="Lestari")
    institution = InstitutionFactory(code="alfa", name="Pemerintah Kabupaten Hulu Sungai Selatan")
    log(instance=home, action="wagtail.publish", user=ani)
    log(instance=home, action="wagtail.delete", user=ani, deleted=True, title="Pemantauan air sungai " * 4)
    log(instance=institution, action="wagtail.edit", user=ani)
    page = open_window(width)
    page.goto(f"{live_server.url}/admin/login/?next=/admin/jejak/")
    page.fill("[name=username]", "adi")
    page.fill("[name=password]", "sandi-untuk-uji")
    page.click("button[type=submit]")
    expect(page.get_by_role("heading", name="Jejak tindakan")).to_be_attached()
    rows = sum(model.objects.count() for model in LOGS)
    expect(page.locator(".audit-table tbody tr")).to_have_count(rows)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        axe(page, "main .audit-table")
    no_sideways_scroll(page)
    page.goto(f"{live_server.url}/admin/jejak/?person=lestari&action=wagtail.edit")
    expect(page.locator(".audit-table tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Tindakan", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh CSV").or_(page.get_by_role("link", name="Download CSV")).click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 2
    assert "Hulu Sungai Selatan" in text
