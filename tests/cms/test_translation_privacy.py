"""A translation is no more public than its source."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction

from accounts.models import User
from home.models import HomePage
from tests.factories.home import StandardPageFactory, make_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    home = make_home()
    into_english(home, "front")
    return home


def into_english(page: Page, slug: str) -> Page:
    english = Locale.objects.get_or_create(language_code="en")[0]
    copy = page.copy_for_translation(english)
    copy.slug = slug
    copy.save_revision().publish()
    copy.refresh_from_db()
    return copy


def read(address: str) -> int:
    return Client().get(address).status_code


def test_restriction__holds_for_the_translation_and_what_stands_below_it(home: HomePage) -> None:
    parent = StandardPageFactory(parent=home, title="Kader", slug="kader")
    child = StandardPageFactory(parent=parent, title="Desa", slug="desa")
    translations = [into_english(parent, "cadres"), into_english(child, "villages")]
    addresses = [page.get_url() for page in translations]
    assert [read(address) for address in addresses] == [200, 200]

    restriction = PageViewRestriction.objects.create(page=parent, restriction_type="login")

    assert [read(address) for address in addresses] == [302, 302]
    assert "cadres" not in Client().get("/sitemap-halaman.xml").content.decode()

    restriction.delete()

    assert [read(address) for address in addresses] == [200, 200]


def test_restriction__to_groups_and_another_one_later(home: HomePage) -> None:
    page = StandardPageFactory(parent=home, title="Kader", slug="kader")
    translation = into_english(page, "cadres")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    group = Group.objects.create(name="Kader")
    restriction.groups.add(group)
    assert [list(one.groups.all()) for one in translation.view_restrictions.all()] == [[group]]

    restriction.restriction_type, restriction.password = "password", "sandi"
    restriction.save()
    restriction.groups.clear()

    same = translation.view_restrictions.get()
    assert (same.restriction_type, same.password, list(same.groups.all())) == ("password", "sandi", [])


def test_restriction__that_is_older_than_the_translation(home: HomePage) -> None:
    page = StandardPageFactory(parent=home, title="Kader", slug="kader")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert read(into_english(page, "cadres").get_url()) == 302


def test_restriction__of_a_source_that_is_deleted_stays(home: HomePage) -> None:
    page = StandardPageFactory(parent=home, title="Kader", slug="kader")
    translation = into_english(page, "cadres")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    page.delete()
    assert translation.view_restrictions.count() == 1


def test_restriction__of_a_translation_is_set_at_its_source(home: HomePage) -> None:
    page = StandardPageFactory(parent=home, title="Kader", slug="kader")
    translation = into_english(page, "cadres")
    client = Client()
    client.force_login(User.objects.create_superuser("admin", "admin@contoh.id", "rahasia"))
    told = [
        client.get(reverse("wagtailadmin_pages:set_privacy", args=[one.pk])).status_code
        for one in (page, translation)
    ]
    assert told[0] == 200
    assert told[1] != 200
