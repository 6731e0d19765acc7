"""Guides for readers: lists, steps, the contents list, overdue notices."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page

from accounts.models import User
from directory.models import InnovationPage
from guides.models import GuidePage
from guides.reviews import due_for
from home.models import HomePage
from tests.factories.directory import innovation
from tests.factories.directory import institution as make_institution
from tests.factories.guides import guide_page, guide_section, step
from tests.factories.home import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home() -> HomePage:
    return make_home()


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def days(number: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=number)


def published(**fields: Any) -> InnovationPage:
    """With its card, which publishing makes."""
    page = innovation(**fields)
    page.save_revision().publish()
    return page


def in_english(page: Page, title: str) -> Page:
    locale, _made = Locale.objects.get_or_create(language_code="en")
    translation = page.copy_for_translation(locale, copy_parents=True)
    translation.title = title
    translation.save_revision().publish()
    translation.refresh_from_db()
    return translation


def test_guide__numbers_steps_and_lists_them(client: Client) -> None:
    html = read(client, guide_page(steps=[step(title="Bentuk tim"), step(title="Pilih inovasi")]).url)
    assert '<a href="#langkah-2">Pilih inovasi</a>' in html
    assert 'id="langkah-2"' in html
    for words in ("Langkah 2", "Kepala dinas", "2 minggu", "Surat tugas", "Anggota hadir", "Tim replikasi"):
        assert words in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    ("review_date", "overdue"), [(None, False), (days(0), False), (days(1), False), (days(-1), True)]
)
def test_guide__overdue_is_said(client: Client, review_date: datetime.date | None, overdue: bool) -> None:
    page = guide_page(review_date=review_date)
    assert ("perlu ditinjau ulang" in read(client, page.url)) is overdue
    assert ("Lewat tanggal tinjau ulang" in read(client, "/id/panduan/")) is overdue
    assert (page in GuidePage.objects.overdue()) is overdue


def test_overdue__is_told_to_those_who_may_change_it(client: Client) -> None:
    guide_page(title="Panduan usang", review_date=days(-3))
    guide_page(title="Panduan segar", review_date=days(3))
    client.force_login(User.objects.create_superuser("admin", "admin@contoh.id", "rahasia"))
    html = read(client, "/admin/")
    assert "Panduan usang" in html
    assert "Panduan segar" not in html
    stranger = User.objects.create_user("lain", "lain@contoh.id", "rahasia")
    assert not due_for(stranger).exists()


def test_overdue__leaves_out_drafts() -> None:
    guide_page(review_date=days(-3), live=False)
    assert not GuidePage.objects.overdue().exists()


def test_guide__without_steps_says_so(client: Client) -> None:
    assert "belum ditulis" in read(client, guide_page(steps=[]).url)


def test_guide__shows_readable_innovations_only(client: Client) -> None:
    page = guide_page()
    page.related_innovations.create(innovation=published(title="Rumah Tunggu"))
    page.related_innovations.create(innovation=innovation(title="Masih draf", live=False))
    page.save()
    html = read(client, page.url)
    assert ">Rumah Tunggu</a>" in html
    assert "Masih draf" not in html


def test_lists__show_live_guides_of_their_sections(client: Client) -> None:
    lan = make_institution("lan", name="LAN")
    guide_page(title="Umum")
    guide_page(guide_section(lan), title="Khusus")
    guide_page(title="Draf", live=False)
    html = read(client, "/id/panduan/")
    assert ">Umum</a>" in html
    assert ">Khusus</a>" in html
    assert "Draf" not in html
    assert ">Umum</a>" not in read(client, "/id/panduan/lan/")


def test_lists__empty(client: Client) -> None:
    guide_section()
    assert "Belum ada panduan di sini." in read(client, "/id/panduan/")


def test_index__queries_do_not_grow(
    client: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    guide_page()
    client.get("/id/panduan/")
    with django_assert_max_num_queries(14) as few:
        client.get("/id/panduan/")
    for number in range(9):
        guide_page(guide_section(make_institution(f"instansi-{number}")))
    with django_assert_num_queries(len(few.captured_queries)):
        client.get("/id/panduan/")


def test_guide__queries_do_not_grow(
    client: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    page = guide_page(steps=[step()])
    page.related_innovations.create(innovation=published())
    page.save()
    client.get(page.url)
    with django_assert_max_num_queries(15) as few:
        client.get(page.url)
    page.steps = [step(title=f"Langkah {number}") for number in range(12)]
    for _ in range(5):
        page.related_innovations.create(innovation=published())
    page.save()
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(page.url)


def test_guide__leads_english_readers_to_what_they_can_read(client: Client) -> None:
    """To the English profile where there is one, else to the record in the English frame, marked."""
    in_english(HomePage.objects.get(), "Home")
    page, both = guide_page(), published(title="Rumah Tunggu")
    english = in_english(page, "How to wait")
    in_english(both, "Waiting House")
    for one in (both, published(title="Antar Obat")):
        page.related_innovations.create(innovation=one)
        english.related_innovations.create(innovation=one)
    page.save()
    english.save()
    html = read(client, english.url)
    assert ">Waiting House</a>" in html
    assert "Rumah Tunggu" not in html
    assert 'lang="id">Antar Obat</a>' in html
    assert "Only in Indonesian" in html
