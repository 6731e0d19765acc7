"""Ending and merging institutions, and one member's role, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from institutions.models import Institution
from tests.factories.offices import office, portal


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.fill("[name=username]", name)
    page.fill("[name=password]", "rahasia")
    page.click("button[type=submit]")


@pytest.mark.parametrize("page", [360, 1280], indirect=True)
def test_institutions__are_merged_and_retired(
    live_server: Any, page: Page, axe: Callable[..., None], no_sideways_scroll: Callable[[Page], None]
) -> None:
    def check() -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            axe(page, "main .nice-padding")
        page.emulate_media(color_scheme="light")
        no_sideways_scroll(page)

    portal()
    old, new = office("lama"), office("baru")
    Institution.objects.filter(code="lama").update(name="Kementerian Komunikasi dan Informatika")
    Institution.objects.filter(code="baru").update(name="Kementerian Komunikasi dan Digital")
    old.published("Mal dibuka"), new.published("Mal dibuka"), old.submitted("Menunggu")
    number = old.institution.pk
    sign_in(page, f"{live_server.url}/admin/login/?next=/admin/instansi/{number}/", "pemilik")
    check()
    page.get_by_role("link", name="Akhiri").click()
    page.get_by_role("button", name="Akhiri instansi").click()
    expect(page.get_by_role("heading", name="Yang akan terjadi")).to_be_visible()
    check()
    page.get_by_role("link", name="Batal").click()
    page.get_by_role("link", name="Gabungkan ke instansi lain").click()
    check()
    page.select_option("select[name=into]", label="Kementerian Komunikasi dan Digital")
    page.get_by_role("button", name="Lihat yang akan terjadi").click()
    expect(page.get_by_text("1 halaman mendapat nomor")).to_be_visible()
    check()
    page.fill("[name=on]", "2024-10-21")
    page.fill("[name=reason]", "Perpres 140 Tahun 2024")
    page.get_by_label("Ya, saya sudah membaca").check()
    page.get_by_role("button", name="Gabungkan ke Kementerian Komunikasi dan Digital").click()
    expect(page.get_by_text("Instansi ini sudah tidak ada; isinya milik")).to_be_visible()
    check()
    assert Institution.objects.get(code="lama").merged_into == new.institution


@pytest.mark.parametrize("page", [360, 1280], indirect=True)
def test_member__is_given_another_role(
    live_server: Any, page: Page, axe: Callable[..., None], no_sideways_scroll: Callable[[Page], None]
) -> None:
    def check() -> None:
        axe(page, "main .nice-padding")
        no_sideways_scroll(page)

    portal()
    sleman = office("sleman")
    sign_in(page, f"{live_server.url}/admin/login/?next=/admin/anggota/", "editor-sleman")
    expect(page.get_by_role("heading", name="Undang anggota")).to_be_visible()
    check()
    page.get_by_role("link", name="Ubah penulis-sleman@contoh.go.id").click()
    check()
    page.get_by_label("Editor").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Peran penulis-sleman diubah.")).to_be_visible()
    assert User.objects.get(pk=sleman.contributor.pk).memberships.current().get().role == "editor"
    sleman.contributor.memberships.current().update(role="contributor")
    sleman.contributor.groups.clear()
    page.get_by_role("link", name="Ubah editor-sleman@contoh.go.id").click()
    expect(page.get_by_text("Editor terakhir")).to_be_visible()
    check()
    page.get_by_role("button", name="Akhiri peran ini").click()
    expect(page.get_by_text("tidak punya editor lagi")).to_be_visible()
