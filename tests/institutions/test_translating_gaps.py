"""What a translation lacks: words that are blank, an address in its letters, a page to stand in."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page

from accounts.models import User
from home.models import HomePage, StandardPage
from institutions import memberships
from institutions.provisioning import provision_portal
from institutions.roles import Role
from institutions.translating import drafts, queue
from institutions.translating.rights import sources_for
from news.models import NewsPage
from tests.factories.institutions import InstitutionFactory
from tests.institutions.test_translating import WORDS, Office, begin, client_of, told, translate

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
    assert in_english(below, english).get_parent() == in_english(above, english)


def test_moved__below_a_page_without_a_translation__a_draft_of_it_is_made(
    sleman: Office, english: Locale, everywhere: User
) -> None:
    home = HomePage.objects.get(locale__language_code="id")
    above, page = ordinary("Tentang kami", home), ordinary("Riwayat", home)
    provision_portal()
    begin(everywhere, page, english)

    page.move(above, pos="last-child")

    made = in_english(above, english)
    assert in_english(page, english).get_parent() == made
    assert (made.live, made.alias_of) == (False, None)
