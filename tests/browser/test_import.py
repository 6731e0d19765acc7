"""An import in a real browser, from the upload to the file of refused rows, for each national source."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from directory.models import ImportBatch, InnovationPage
from tests.directory.imports.conftest import Write, portal, write
from tests.directory.imports.test_admin import mixed
from tests.directory.imports.test_mapping import with_other_names
from tests.queue import run_tasks

__all__ = ["portal", "write"]  # the small portal of the importer's tests


@pytest.mark.parametrize("page", [360, 1280], indirect=True)
@pytest.mark.parametrize("source", ["kipp", "iga", "labinov"])
def test_import__upload_plan_consent_result_and_refused_rows(
    live_server: Any,
    portal: Any,
    page: Page,
    write: Write,
    tmp_path: Path,
    source: str,
    axe: Callable[..., None],
    no_sideways_scroll: Callable[[Page], None],
) -> None:
    get_user_model().objects.create_superuser("pengimpor", "pengimpor@contoh.go.id", "sandi-untuk-uji")
    page.goto(f"{live_server.url}/admin/login/?next=/admin/imports/")
    page.fill("[name=username]", "pengimpor")
    page.fill("[name=password]", "sandi-untuk-uji")
    page.click("button[type=submit]")
    page.get_by_role("link", name="Impor berkas").click()
    page.locator(f"[name=source][value={source}]").check()
    page.set_input_files("[name=file]", mixed(source, tmp_path, write))
    axe(page, "main form")
    page.get_by_role("button", name="Unggah dan periksa kolom").click()
    expect(page.get_by_text("Judul kolom sedang dibaca.")).to_be_visible()
    run_tasks("directory.tasks.")
    page.reload()
    expect(page.locator("table.listing tbody tr").first).to_contain_text("id (wajib)")
    axe(page, "main .nice-padding")
    no_sideways_scroll(page)
    page.get_by_role("button", name="Susun rencana").click()
    expect(page.get_by_text("Membaca berkas")).to_be_visible()
    run_tasks("directory.tasks.")
    page.reload()
    expect(page.get_by_text("1 baris akan ditulis. Belum ada yang berubah.")).to_be_visible()
    page.get_by_role("link", name="ditolak (1)").click()
    expect(page.locator("table.listing tbody tr")).to_have_count(1)
    axe(page, "main .nice-padding")
    no_sideways_scroll(page)
    page.get_by_role("button", name="Setujui dan tulis").click()
    expect(page.get_by_text("Sedang ditulis.")).to_be_visible()
    run_tasks("directory.tasks.")
    page.reload()
    expect(page.get_by_text("Selesai.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh 1 baris yang ditolak").click()
    assert download.value.suggested_filename.split(".")[0] == f"{source}-ditolak"
    assert InnovationPage.objects.count() == 1
    page.get_by_role("link", name="Batalkan impor ini").click()
    expect(page.get_by_text("1 catatan baru dihapus")).to_be_visible()
    axe(page, "main .nice-padding")
    no_sideways_scroll(page)
    page.get_by_role("button", name="Batalkan impor ini").click()
    expect(page.get_by_text("Sedang dibatalkan.")).to_be_visible()
    run_tasks("directory.tasks.")
    page.reload()
    expect(page.get_by_text("1 baris dikembalikan.")).to_be_visible()
    axe(page, "main .nice-padding")
    assert InnovationPage.objects.count() == 0


SHOTS = os.environ.get("SHOTS")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_import__a_column_is_chosen_without_javascript(
    live_server: Any,
    portal: Any,
    open_window: Callable[..., Page],
    write: Write,
    tmp_path: Path,
    axe: Callable[..., None],
    no_sideways_scroll: Callable[[Page], None],
    width: int,
    scheme: str,
) -> None:
    get_user_model().objects.create_superuser("pengimpor", "pengimpor@contoh.go.id", "sandi-untuk-uji")
    page = open_window(width, color_scheme=scheme)
    page.goto(f"{live_server.url}/admin/login/?next=/admin/imports/unggah/")
    page.fill("[name=username]", "pengimpor")
    page.fill("[name=password]", "sandi-untuk-uji")
    page.click("button[type=submit]")
    cookies = page.context.cookies()
    # The axe check needs scripts; the pages themselves must do without.
    plain = open_window(1280, color_scheme=scheme, java_script_enabled=False)
    plain.context.add_cookies(cookies)
    plain.goto(f"{live_server.url}/admin/imports/unggah/")
    plain.locator("[name=source][value=iga]").check()
    plain.set_input_files("[name=file]", with_other_names("iga", tmp_path, write))
    plain.get_by_role("button", name="Unggah dan periksa kolom").click()
    run_tasks("directory.tasks.")
    plain.reload()
    expect(plain.get_by_text("Kolom wajib ini tidak ditemukan di berkas: nama_inovasi.")).to_be_visible()
    plain.get_by_role("button", name="Susun rencana").click()
    expect(plain.get_by_text("Kolom wajib ini belum ada isinya: nama_inovasi.")).to_be_visible()
    page.goto(f"{live_server.url}/admin/imports/{ImportBatch.objects.get().pk}/")
    axe(page, "main .nice-padding")
    no_sideways_scroll(page)
    # What is cut off within the page counts too.
    right = "all => Math.max(...all.map(one => one.getBoundingClientRect().right))"
    assert page.locator("main table, main code, main th").evaluate_all(right) <= width
    shoot(page, f"columns-{width}-{scheme}")
    plain.get_by_label("Kolom berkas untuk nama_inovasi").select_option("nama_kegiatan")
    plain.get_by_role("button", name="Susun rencana").click()
    run_tasks("directory.tasks.")
    plain.reload()
    expect(plain.get_by_text("nama_kegiatan → nama_inovasi")).to_be_visible()
    expect(plain.get_by_text("1 baris akan ditulis. Belum ada yang berubah.")).to_be_visible()
    plain.get_by_role("button", name="Setujui dan tulis").click()
    run_tasks("directory.tasks.")
    batch = ImportBatch.objects.get()
    page.goto(f"{live_server.url}/admin/imports/{batch.pk}/")
    shoot(page, f"done-{width}-{scheme}")
    page.goto(f"{live_server.url}/admin/imports/{batch.pk}/batalkan/")
    shoot(page, f"reverse-{width}-{scheme}")
    InnovationPage.objects.get().get_latest_revision_as_object().save_revision()
    page.reload()
    expect(page.get_by_text("disunting sejak diimpor")).to_be_visible()
    axe(page, "main .nice-padding")
    no_sideways_scroll(page)
    shoot(page, f"touched-{width}-{scheme}")


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
