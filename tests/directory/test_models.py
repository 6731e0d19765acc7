"""The record itself: numbers, copies, translations, and the admin's table of all records."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from modelsearch import index
from wagtail.models import Locale
from wagtail_localize.fields import SynchronizedField, TranslatableField
from wagtail_localize.models import Translation, TranslationSource

from directory.models import Confirmation, InnovationPage, RegistryEntry
from taxonomy.models import Sector
from tests.factories.directory import (
    directory_section,
    full_innovation,
    innovation,
    institution,
    reference,
    region,
)

pytestmark = pytest.mark.django_db


def test_registry_number__one_for_all_languages_and_never_again():
    page = innovation()
    english = Locale.objects.get_or_create(language_code="en")[0]
    translation = page.copy_for_translation(english, copy_parents=True)
    assert translation.registry_number == page.registry_number
    number = page.registry_number
    translation.delete()
    page.delete()
    assert innovation().registry_number > number
    assert RegistryEntry.objects.filter(number=number).exists()


def test_registry_number__copy_is_another_record():
    page = innovation()
    copy = page.copy(update_attrs={"slug": "salinan"})
    assert copy.registry_number > page.registry_number
    assert copy.registry_code == f"INO-{copy.registry_number:06d}"


def test_registry_number__an_alias_keeps_its_own_through_publications():
    page = innovation()
    alias = page.create_alias(parent=directory_section(institution("lain")), update_slug="alias")
    number = alias.registry_number
    assert number > page.registry_number
    page.save_revision().publish()
    alias.refresh_from_db()
    assert alias.registry_number == number


def test_source_page__of_a_translation_is_the_first_language():
    page = innovation()
    english = Locale.objects.get_or_create(language_code="en")[0]
    translation = page.copy_for_translation(english, copy_parents=True)
    assert translation.source_page == page
    assert page.source_page is page
    assert InnovationPage(title="baru").source_page.title == "baru"


def test_translation__words_are_translated_and_codes_are_synchronised():
    overrides = {field.field_name: type(field) for field in InnovationPage.override_translatable_fields}
    synchronised = {name for name, kind in overrides.items() if kind is SynchronizedField}
    assert {"institution", "region", "sectors", "sdgs", "year", "tags", "awards"} <= synchronised
    assert {name for name, kind in overrides.items() if kind is TranslatableField} >= {
        "summary", "problem", "result", "narrative", "evidence",
    }  # fmt: skip


def test_translation__reference_tables_follow_the_source_also_when_cleared():
    page = full_innovation()
    english = Locale.objects.get_or_create(language_code="en")[0]
    for parent in page.get_ancestors().filter(depth__gt=1).specific():
        parent.copy_for_translation(english)
    source, _created = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(publish=False)
    target = translation.get_target_instance()
    assert [sector.code for sector in target.sectors.all()] == ["kesehatan"]
    assert target.registry_number == page.registry_number

    page.sectors = []
    page.year = 2022
    page.save()
    source.update_from_db()
    translation.save_target(publish=False)
    latest = translation.get_target_instance().get_latest_revision_as_object()
    assert list(latest.sectors.all()) == []
    assert latest.year == 2022


def listing(client, **query):
    return client.get(reverse("innovations:index"), query)


def titles(response):
    return {page.title for page in response.context["object_list"]}


def test_listing__shows_how_far_each_record_has_come(admin_client):
    page = full_innovation()
    html = listing(admin_client).content.decode()
    for words in (page.registry_code, page.title, str(page.institution), str(page.region), "99"):
        assert words in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"Penuh", "Kosong", "Konsep"}),
        ({"live": "False"}, {"Konsep"}),
        ({"completeness": "high"}, {"Penuh"}),
        ({"completeness": "low"}, {"Kosong", "Konsep"}),
        ({"evidence_level": ["2"]}, {"Penuh"}),
        ({"operational_status": ["running"]}, {"Penuh"}),
        ({"institution_kind": ["university"]}, {"Kosong"}),
        ({"source": "kipp"}, {"Penuh"}),
        ({"source": "none"}, {"Kosong", "Konsep"}),
        ({"missing": "problem"}, {"Kosong", "Konsep"}),
        ({"missing": "lead_image"}, {"Penuh", "Kosong", "Konsep"}),
        ({"missing": "' OR 1=1 --"}, {"Penuh", "Kosong", "Konsep"}),
        ({"institution": "99999999999999999999999"}, {"Penuh", "Kosong", "Konsep"}),
        ({"institution": "x"}, {"Penuh", "Kosong", "Konsep"}),
        ({"institution_text": "Puskesmas Entah"}, {"Konsep"}),
        ({"institution_text": "a\x00b"}, {"Penuh", "Kosong", "Konsep"}),
        ({"place": "none"}, {"Kosong", "Konsep"}),
        ({"confirmation": "never"}, {"Kosong", "Konsep"}),
        ({"confirmation": "confirmed"}, {"Penuh"}),
        ({"completeness": "salah"}, {"Penuh", "Kosong", "Konsep"}),
        ({"live": "mungkin"}, {"Penuh", "Kosong", "Konsep"}),
    ],
)
def test_listing__filters(admin_client, query, expected):
    full = full_innovation(title="Penuh")
    Confirmation.objects.create(page=full, status="running")
    innovation(directory_section(institution("kampus", kind="university")), title="Kosong")
    innovation(title="Konsep", live=False, institution_text="Puskesmas Entah")
    assert titles(listing(admin_client, **query)) == expected


@pytest.mark.parametrize(
    "query",
    [{"missing": "problem"}, {"confirmation": "unconfirmed"}, {"source": "none"}, {"place": "none"}],
)
def test_listing__filters_what_is_searched_for(admin_client, query):
    page = innovation(title="Antrean Kosong")
    index.insert_or_update_object(page)  # the worker's part
    assert titles(listing(admin_client, q="antrean", **query)) == {"Antrean Kosong"}


def test_listing__province_has_its_cities_and_a_sector_its_records(admin_client):
    full_innovation(title="Penuh")
    innovation(title="Lain", region=region("36.71"))
    assert titles(listing(admin_client, province=region("35").pk)) == {"Penuh"}
    assert titles(listing(admin_client, sectors=reference(Sector, "kesehatan").pk)) == {"Penuh"}


def test_listing__queries_do_not_grow_with_the_rows(admin_client):
    def count(rows):
        for _ in range(rows):
            full_innovation()
        with CaptureQueriesContext(connection) as captured:
            listing(admin_client)
        return len(captured)

    count(1)
    few = count(2)
    assert count(9) <= few
