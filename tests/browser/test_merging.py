"""Judging likely duplicates in a real browser: from the list to what became of the pair."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from directory.models import InnovationPage
from tests.factories import directory as factory
from tests.factories.home import make_home
from tests.queue import run_tasks


@pytest.mark.parametrize("page", [360, 1280], indirect=True)
def test_merging__search_compare_turn_round_merge(
    live_server: Any,
    page: Page,
    axe: Callable[..., None],
    no_sideways_scroll: Callable[[Page], None],
) -> None:
    def check() -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            axe(page, "main .nice-padding")
        no_sideways_scroll(page)

    make_home()
    factory.full_innovation(title="Kemitraan Bidan dan Dukun").save_revision().publish()
    factory.innovation(
        title="Kemitraan Bidan & Dukun",
        summary="Ringkasan lain. " * 40,
        video_url="https://contoh.go.id/video",
    ).save_revision().publish()
    first, second = InnovationPage.objects.order_by("pk")
    get_user_model().objects.create_superuser("penggabung", "penggabung@contoh.go.id", "sandi-untuk-uji")
    page.goto(f"{live_server.url}/admin/login/?next=/admin/merging/")
    page.fill("[name=username]", "penggabung")
    page.fill("[name=password]", "sandi-untuk-uji")
    page.click("button[type=submit]")
    expect(page.get_by_text("Tidak ada pasangan.")).to_be_visible()
    page.get_by_role("button", name="Cari lagi").click()
    run_tasks("directory.tasks.")
    page.reload()
    expect(page.locator("table.listing tbody tr")).to_have_count(1)
    check()
    page.get_by_role("link", name="Bandingkan").click()
    expect(page.get_by_role("button", name=f"Gabungkan ke {first.registry_code}")).to_be_visible()
    check()
    page.get_by_role("link", name=f"Pertahankan {second.registry_code} saja").click()
    page.get_by_role("button", name=f"Gabungkan ke {second.registry_code}").click()
    expect(page.get_by_text("sekarang menjadi bagian dari")).to_be_visible()
    check()
    assert InnovationPage.objects.get() == second
    # What was told under the old address is read under the new one.
    page.goto(f"{live_server.url}/id/inovasi/{first.registry_number}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kemitraan Bidan & Dukun")
