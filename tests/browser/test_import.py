"""An import in a real browser, from the upload to the file of refused rows, for each national source."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from directory.models import InnovationPage
from tests.directory.imports.conftest import Write, portal, write
from tests.directory.imports.test_admin import mixed
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
    page.get_by_role("button", name="Unggah dan susun rencana").click()
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
