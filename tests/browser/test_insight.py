"""Search insight in a real browser: from a reader's search in vain to a call for a model, and its answer."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Page, expect

from directory.models import DirectoryIndexPage
from search.insight import recording
from search.models import SearchedText
from tests.browser.conftest import OpenWindow
from tests.factories.home import make_home

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize("width", [360, 1280])
def test_insight__from_a_search_in_vain_to_an_answered_call(
    live_server: Any,
    open_window: OpenWindow,
    axe: Callable[..., None],
    no_sideways_scroll: Callable[[Page], None],
    width: int,
) -> None:
    recording.buffer.clear()
    home = make_home()
    home.add_child(instance=DirectoryIndexPage(title="Direktori", slug="direktori"))
    reader = open_window(width, user_agent=FIREFOX)
    reader.goto(f"{live_server.url}/id/direktori/?q=banjir+rob")
    reader.goto(f"{live_server.url}/id/cari/?q=banjir+rob&jenis=news")
    recording.buffer.flush()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    counts = {"searches": 40, "unmatched": 30, "near_only": 12, "results": 0}
    for text in ("banjir rob", "pemantauan kualitas air sungai di kawasan industri"):
        SearchedText.objects.create(day=yesterday, text=text, place="directory", **counts)
    get_user_model().objects.create_superuser("wawasan", "wawasan@contoh.go.id", "sandi-untuk-uji")

    page = open_window(width)

    def check() -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            axe(page, "main .nice-padding")
        no_sideways_scroll(page)

    page.goto(f"{live_server.url}/admin/login/?next=/admin/wawasan-pencarian/")
    page.fill("[name=username]", "wawasan")
    page.fill("[name=password]", "sandi-untuk-uji")
    page.click("button[type=submit]")
    expect(page.get_by_role("heading", name="Belum terjawab")).to_be_visible()
    page.get_by_text("Angkanya sebagai tabel").click()
    check()
    page.get_by_label("Masa").select_option("7")
    page.get_by_role("button", name="Tampilkan").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh sebagai CSV: Belum terjawab").click()
    assert download.value.suggested_filename == "pencarian-belum-terjawab-7-hari.csv"
    page.get_by_role("button", name="Jadikan panggilan model: banjir rob").click()
    expect(page.get_by_text("31 kali dicari tanpa hasil yang cocok")).to_be_visible()
    check()
    page.get_by_role("button", name="Buat panggilan model").click()
    expect(page.get_by_text("Belum disimpan: periksa isian yang ditandai.")).to_be_visible()
    page.get_by_label("tenggat").fill((timezone.localdate() + datetime.timedelta(days=30)).isoformat())
    page.get_by_role("button", name="Buat panggilan model").click()
    expect(page.get_by_text("Panggilan model “Banjir rob” dibuat.")).to_be_visible()
    check()
    page.get_by_label("status").select_option("answered")
    page.get_by_role("button", name="Simpan perubahan").click()
    expect(page.get_by_text("Terbuka → Terjawab")).to_be_visible()
    page.goto(f"{live_server.url}/admin/wawasan-pencarian/panggilan/?status=answered")
    expect(page.get_by_role("link", name="Banjir rob", exact=True)).to_be_visible()
    check()
