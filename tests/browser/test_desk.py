"""The editors' home, its lists and the handbook: for each role, narrow and wide, light and dark."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from guides.models import GuideSectionPage
from institutions.roles import Role, SectionKind, Source
from tests.factories.directory import SUBMITTABLE, innovation
from tests.factories.guides import guide_index, guide_page
from tests.factories.offices import office, person, portal

Check = Callable[[Page], None]
FIRST = {
    "penulis-sleman": "Perlu Anda perbaiki",
    "editor-sleman": "Menunggu tinjauan Anda",
    "penulis-bantul": "Langkah pertama",
    "validator": "Menunggu validasi Anda",
    "pemilik": "Menunggu validasi Anda",
}


@pytest.fixture
def people(live_server: Any) -> None:
    """Two institutions: one in the middle of its work, one that has just come."""
    portal()
    guide_index()
    here = office("sleman", SectionKind.NEWS, SectionKind.DIRECTORY, SectionKind.GUIDES)
    office("bantul")
    person("validator", "kementerian", Role.VALIDATOR, source=Source.NONE)
    here.draft("Mal pelayanan publik dibuka sampai malam untuk warga yang bekerja")
    here.submitted("Hari pelayanan keliling")
    back = here.submitted("Loket bersama").current_task_state
    back.task.specific.on_action(back, here.editor, "reject", comment="Tambahkan tanggal pembukaannya.")
    innovation(here.directory, title="Posyandu berkeliling", owner=here.contributor)
    waiting = innovation(
        here.directory, title="Bank sampah", owner=here.contributor, live=False, **SUBMITTABLE
    )
    waiting.save_revision(user=here.contributor)
    waiting.get_workflow().start(waiting, here.editor)
    section = GuideSectionPage.objects.get(institution=here.institution, locale__language_code="id")
    guide_page(section, title="Mereplikasi inovasi", review_date=timezone.localdate())
    guide_page(section, title="Menyusun SOP", review_date=datetime.date(2024, 5, 1))


def enter(site: str, page: Page, name: str) -> None:
    user = User.objects.get(username=name)
    user.set_password("sandi-untuk-uji")
    user.save()
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", "sandi-untuk-uji")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_home__of_every_role_is_in_order(
    people: None,
    live_server: Any,
    open_window: Callable[..., Page],
    axe: Check,
    no_sideways_scroll: Check,
    settings: Any,
    width: int,
    scheme: str,
) -> None:
    settings.TWO_FACTOR = "none"
    for name, first in FIRST.items():
        page = open_window(width, color_scheme=scheme)
        enter(live_server.url, page, name)
        expect(page.locator("section.w-panel h2").first).to_have_text(first)
        axe(page)
        no_sideways_scroll(page)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_number__opens_the_list_it_counts(
    people: None,
    live_server: Any,
    open_window: Callable[..., Page],
    axe: Check,
    no_sideways_scroll: Check,
    width: int,
    scheme: str,
) -> None:
    page = open_window(width, color_scheme=scheme)
    enter(live_server.url, page, "editor-sleman")
    page.get_by_role("link", name="2 panduan perlu ditinjau ulang").click()
    expect(page.locator("h1")).to_contain_text("Isi yang Anda kelola")
    expect(page.locator("table.listing tbody tr")).to_have_count(2)
    axe(page)
    no_sideways_scroll(page)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_handbook__is_read_in_the_admin(
    people: None,
    live_server: Any,
    open_window: Callable[..., Page],
    axe: Check,
    no_sideways_scroll: Check,
    width: int,
    scheme: str,
) -> None:
    page = open_window(width, color_scheme=scheme)
    enter(live_server.url, page, "penulis-bantul")
    page.get_by_role("link", name="Baca bab pertama buku panduan").click()
    chapter = page.get_by_role("heading", name="1. Dari undangan sampai inovasi diajukan")
    expect(chapter).to_be_in_viewport()
    for picture in page.locator(".handbook img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0
        assert picture.get_attribute("alt")
    axe(page)
    no_sideways_scroll(page)
