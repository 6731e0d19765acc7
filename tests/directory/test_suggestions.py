"""The names that lead to innovations: each is offered only where it finds something."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from directory.models import InnovationPage
from search import names, synonyms
from search.engines.elasticsearch.connection import Connection
from search.upkeep import outbox
from tests.factories import directory as factory
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory, InstitutionNameFactory
from tests.factories.search import document, store
from tests.factories.taxonomy import CityFactory, ProvinceFactory, SectorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def portal() -> Iterator[None]:
    cache.clear()
    names.forget()
    make_home()
    factory.directory_index()
    yield
    cache.clear()
    names.forget()


def published(**fields: Any) -> InnovationPage:
    page = factory.innovation(**fields)
    page.save_revision().publish()
    return page


def ask(client: Client, text: str, kind: str) -> list[tuple[str, str, str]]:
    """Label, address and note of what is offered of a kind."""
    names.forget()
    found = client.get(reverse("search:complete"), {"q": text}).json()["suggestions"]
    return [(one["label"], one["url"], one["note"]) for one in found if one["kind"] == kind]


def titles_at(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_title__leads_to_the_page(client: Client) -> None:
    page = published(title="Kemitraan bidan dan dukun")
    ((label, url, owner),) = ask(client, "kemi", "Inovasi")
    assert (label, url, owner) == (page.title, page.url, page.institution.name)


def test_title__never_of_what_the_public_may_not_read(client: Client) -> None:
    published(title="Kemitraan terbit")
    factory.innovation(title="Kemitraan draf", live=False).save_revision()
    withdrawn = published(title="Kemitraan ditarik")
    withdrawn.unpublish()
    secret = published(title="Kemitraan rahasia")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    changed = published(title="Kemitraan diubah")
    changed.title = "Kemitraan usulan"
    changed.save_revision()
    labels = [label for label, *_rest in ask(client, "kemitraan", "Inovasi")]
    assert labels == ["Kemitraan diubah", "Kemitraan terbit"]


def test_place__leads_to_its_innovations(client: Client) -> None:
    province = ProvinceFactory(code="35", name_id="Jawa Timur", abbreviations=["Jatim"])
    ProvinceFactory(code="33", name_id="Jawa Tengah")
    city = CityFactory(code="35.73", short_name="Malang", province=province)
    published(title="Layanan warga", region=city)
    ((label, url, note),) = ask(client, "jat", "Wilayah")
    assert (label, note) == ("Jawa Timur", "Jatim")
    assert "Layanan warga" in titles_at(client, url)
    ((label, url, note),) = ask(client, "mal", "Wilayah")
    assert (label, note) == ("Kota Malang", "")
    assert url.endswith("?region=35.73")
    assert "Layanan warga" in titles_at(client, url)
    assert ask(client, "jawa te", "Wilayah") == []


def test_place__not_where_all_have_stopped(client: Client) -> None:
    place = CityFactory(code="35.73", short_name="Malang")
    published(title="Layanan warga", region=place, operational_status="stopped")
    assert ask(client, "malang", "Wilayah") == []


def test_place__gone_with_its_last_innovation_while_the_index_does_not_know_yet(
    elasticsearch: Connection, client: Client
) -> None:
    page = published(region=CityFactory(code="35.73", short_name="Malang"))
    outbox.pass_all_on(elasticsearch)
    assert ask(client, "malang", "Wilayah")
    page.unpublish()
    assert ask(client, "malang", "Wilayah") == []


def test_institution__once_under_all_its_names(client: Client) -> None:
    owner = InstitutionFactory(name="Kementerian Komunikasi dan Digital", abbreviation="Komdigi")
    InstitutionNameFactory(
        institution=owner, name="Kementerian Komunikasi dan Informatika", kind=owner.names.model.Kind.FORMER
    )
    InstitutionFactory(name="Kementerian Tanpa Inovasi")
    published(title="Layanan warga", institution=owner)
    published(title="Layanan kota", institution=owner)
    for text, note in (
        ("kementerian", ""),
        ("komdi", "Komdigi"),
        ("informatika", "Kementerian Komunikasi dan Informatika"),
    ):
        ((label, url, noted),) = ask(client, text, "Instansi")
        assert (label, noted) == ("Kementerian Komunikasi dan Digital", note)
    assert "Layanan warga" in titles_at(client, url)


def test_institution__without_public_innovations_is_not_named(client: Client) -> None:
    owner = InstitutionFactory(name="Dinas Uji")
    page = published(institution=owner)
    assert len(ask(client, "dinas", "Instansi")) == 1
    page.unpublish()
    assert ask(client, "dinas", "Instansi") == []
    page.save_revision().publish()
    section = page.get_parent()
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert ask(client, "dinas", "Instansi") == []


def test_topic__sector_with_innovations(client: Client) -> None:
    sector = SectorFactory(code="kesehatan", name_id="Kesehatan")
    SectorFactory(code="kebudayaan", name_id="Kebudayaan")
    published(title="Layanan warga", sectors=[sector])
    ((label, url, _note),) = ask(client, "ke", "Topik")
    assert label == "Kesehatan"
    assert "Layanan warga" in titles_at(client, url)


def test_topic__words_of_synonym_groups_that_innovations_hold(client: Client) -> None:
    synonyms.load()
    published(title="Layanan warga", summary="Mendampingi anak putus sekolah")
    # The words apart, in the text only, or in another kind of document do not count.
    store(document("Sampah di bank", type="news", key="news:1"))
    labels = [label for label, *_rest in ask(client, "putus", "Topik")]
    assert "Putus sekolah" in labels
    assert "Layanan warga" in titles_at(client, ask(client, "putus sek", "Topik")[0][1])
    assert ask(client, "sampah", "Topik") == []


def test_names__none_without_a_directory(client: Client) -> None:
    ProvinceFactory(code="35", name_id="Jawa Timur")
    published(title="Layanan warga", region=ProvinceFactory(code="35"))
    assert len(ask(client, "jawa", "Wilayah")) == 1
    factory.directory_index().unpublish()
    assert ask(client, "jawa", "Wilayah") == []


def test_names__constant_number_of_statements(client: Client, django_assert_max_num_queries: Any) -> None:
    synonyms.load()
    province = ProvinceFactory(code="35", name_id="Jawa Timur")
    statements = []
    for number in (1, 12):
        for n in range(number):
            city = CityFactory(code=f"35.{number + n}", short_name=f"Malang {n}", province=province)
            owner = InstitutionFactory(name=f"Malang instansi {n}")
            published(title=f"Malang {n}", region=city, institution=owner, summary="sampah")
        ask(client, "malang", "Wilayah")
        with CaptureQueriesContext(connection) as captured:
            assert ask(client, "malang", "Wilayah")
        statements.append(len(captured))
    assert statements[0] == statements[1] < 40
    with django_assert_max_num_queries(2):
        client.get(reverse("search:complete"), {"q": "malang"})
