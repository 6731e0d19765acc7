"""The page of data quality in a real browser: on a phone and on a desk, in the light and in the dark."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from directory.models import ImportBatch, ImportRow
from tests.browser.conftest import OpenWindow
from tests.directory.imports.conftest import portal
from tests.factories.directory import directory_section, full_innovation, innovation

__all__ = ["portal"]  # the small portal of the importer's tests


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_quality__from_the_figures_to_the_records(
    live_server: Any,
    portal: Any,
    open_window: OpenWindow,
    axe: Callable[..., None],
    no_sideways_scroll: Callable[[Page], None],
    width: int,
    scheme: str,
) -> None:
    full_innovation(title="Penuh")
    innovation(directory_section(None), title="Hilang", institution_text="Puskesmas " + "Entah" * 20)
    batch = ImportBatch.objects.create(source="kipp", file_name="kipp-2026.xlsx", state="planned")
    problems, alike = [["provinsi", "…", "notice"]], [[1, "Penuh", 90, "judul"]]
    fields = {"title": "Penuh Sekali", "key": "1", "duplicates": alike, "action": "duplicate"}
    ImportRow.objects.create(batch=batch, number=2, raw={"provinsi": "Entah"}, problems=problems, **fields)
    get_user_model().objects.create_superuser("mutu", "mutu@contoh.go.id", "sandi-untuk-uji")
    page = open_window(width, color_scheme=scheme)
    page.goto(f"{live_server.url}/admin/login/?next=/admin/mutu-data/")
    page.fill("[name=username]", "mutu")
    page.fill("[name=password]", "sandi-untuk-uji")
    page.click("button[type=submit]")
    expect(page.get_by_role("heading", name="Wilayah belum dikenali")).to_be_visible()
    axe(page, "main .nice-padding")
    no_sideways_scroll(page)
    page.get_by_role("link", name="Semua 1 instansi").click()
    axe(page, "main .nice-padding")
    no_sideways_scroll(page)
    page.get_by_label("Nama instansi").fill("tidak ada")
    page.get_by_role("button", name="Saring").click()
    expect(page.get_by_text("Tidak ada instansi yang cocok.")).to_be_visible()
    page.get_by_role("link", name="Kosongkan").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh sebagai CSV").click()
    assert download.value.suggested_filename == "mutu-data-instansi.csv"
    page.goto(f"{live_server.url}/admin/mutu-data/")
    page.get_by_role("link", name="Masalah", exact=True).click()
    expect(page.locator("table.listing tbody tr")).to_have_count(1)
    expect(page.locator("table.listing")).to_contain_text("Hilang")
