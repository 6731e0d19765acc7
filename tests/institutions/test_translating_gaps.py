"""What a translation lacks: words that are blank, an address in its letters, a page to stand in."""

import json

import polib
import pytest
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation

from accounts.models import User
from home.models import HomePage, StandardPage
from institutions import memberships
from institutions.provisioning import provision_portal
from institutions.roles import Role
from institutions.translating import drafts, queue
from institutions.translating.rights import sources_for
from news.models import NewsPage
from tests.factories.institutions import InstitutionFactory
from tests.factories.translating import WORDS, Office, begin, client_of, po_file, told, translate, upload

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("blank", ["", "  "])
def test_blank__is_no_translation(sleman: Office, english: Locale, blank: str) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    translate(translation, {**WORDS, "Ringkas.": blank})

    assert [segment.string.data for segment in drafts.missing(translation)] == ["Ringkas."]
    page = queue.staged(sources_for(sleman.translator, english), english).type(NewsPage).get()
    assert (page.total, page.missing) == (2, 1)
    response = client_of(sleman.translator).post(reverse("translating:submit", args=[translation.pk]))
    assert "1 teks belum diterjemahkan: “Ringkas.”" in told(response)


@pytest.mark.parametrize("title", ["开放服务中心", "???"])
def test_title__in_other_letters_than_addresses_keeps_that_of_the_source(
    sleman: Office, english: Locale, title: str
) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    translate(translation, {**WORDS, "Mal pelayanan dibuka": title})
    client_of(sleman.editor).post(reverse("translating:submit", args=[translation.pk]))
    page = translation.get_target_instance()
    assert (page.live, page.title, page.slug) == (True, title, "mal-pelayanan-dibuka")


@pytest.fixture
def everywhere(db: None) -> User:
    user = User.objects.create_user("semua", "semua@contoh.go.id", "rahasia")
    memberships.begin(user, InstitutionFactory(code="pusat"), Role.PORTAL_TRANSLATOR)
    return user


def ordinary(title: str, parent: Page) -> StandardPage:
    page = StandardPage(title=title, live=False)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


def in_english(page: Page, english: Locale) -> Page | None:
    return page.get_translation_or_none(english)


def test_begin__not_below_a_page_without_a_translation(
    sleman: Office, english: Locale, everywhere: User
) -> None:
    above = ordinary("Tentang kami", HomePage.objects.get(locale__language_code="id"))
    below = ordinary("Riwayat", above)
    provision_portal()
    address = reverse("wagtail_localize:submit_page_translation", args=[below.pk])

    response = client_of(everywhere).post(address, {"locales": [english.pk]})

    assert "“Tentang kami”. Terjemahkan itu dulu." in told(response)
    assert in_english(above, english) is None
    begin(everywhere, above, english)
    begin(everywhere, below, english)
    assert in_english(below, english).get_parent().pk == in_english(above, english).pk


def test_moved__below_a_page_without_a_translation__a_draft_of_it_is_made(
    sleman: Office, english: Locale, everywhere: User
) -> None:
    home = HomePage.objects.get(locale__language_code="id")
    above, page = ordinary("Tentang kami", home), ordinary("Riwayat", home)
    provision_portal()
    begin(everywhere, page, english)

    page.move(above, pos="last-child")

    made = in_english(above, english)
    assert in_english(page, english).get_parent().pk == made.pk
    assert (made.live, made.alias_of) == (False, None)


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("https://example.org/service?x=1", True),
        ("mailto:layanan@contoh.go.id", True),
        ("/en/about/", True),
        ("#top", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//[", False),
        ("contoh", False),
        ("https://contoh.go.id/" + "x" * 2000, False),
    ],
)
def test_link__leads_to_an_address_and_runs_nothing(
    sleman: Office, english: Locale, address: str, is_taken: bool
) -> None:
    page = sleman.news(live=False)
    page.body = [{"type": "paragraph", "value": '<p>Lihat <a href="https://contoh.go.id/">sini</a></p>'}]
    page.save_revision().publish()
    translation = begin(sleman.translator, NewsPage.objects.get(pk=page.pk), english)
    link = OverridableSegment.objects.get(source=translation.source, data_json__contains="contoh.go.id")
    where = reverse("wagtail_localize:edit_override", args=[translation.pk, link.pk])
    answer = client_of(sleman.translator).put(
        where, urlencode({"value": address}), content_type="application/x-www-form-urlencoded"
    )
    assert ("error" in answer.json() and bool(answer.json()["error"])) is not is_taken
    assert SegmentOverride.objects.filter(data_json=json.dumps(address)).exists() is is_taken


def test_po__says_each_text_once_and_of_what_length(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    file = po_file(translation, WORDS)
    first = next(entry for entry in file if entry.msgid == "Ringkas.")
    file.append(polib.POEntry(msgid="Ringkas.", msgctxt=first.msgctxt, msgstr="Again."))
    file.append(polib.POEntry(msgid="Satu", msgid_plural="Banyak", msgstr_plural={0: "One", 1: "Many"}))
    said = told(upload(sleman.translator, translation, str(file).encode()))
    assert "2 terjemahan diambil" in said
    assert "sudah ada lebih dulu di berkas ini" in said
    assert "“Satu”" in said
    file = po_file(translation, {"Mal pelayanan dibuka": "<b>" * 100_000})
    assert "jauh lebih panjang dari aslinya" in told(
        upload(sleman.translator, translation, str(file).encode())
    )
    assert StringTranslation.objects.get(translation_of__data="Ringkas.").data == "In short."


def test_begin__not_what_readers_may_not_see(sleman: Office, english: Locale) -> None:
    page = sleman.news()
    PageViewRestriction.objects.create(page=sleman.section, restriction_type="login")
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert client_of(sleman.translator).post(address, {"locales": [english.pk]}).status_code == 404


def test_update__of_a_source_that_was_deleted(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    translation.source.get_source_instance().delete()
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    assert client_of(sleman.translator).get(address).status_code == 404
