"""An institution gets another name: the old one is kept, everything that repeats it follows."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.models import User
from institutions.loading import load_all
from institutions.models import Institution, InstitutionChange, InstitutionName
from institutions.provisioning import provision
from search.models import SearchDocument
from tests.factories.directory import innovation
from tests.factories.offices import Office, client_of, office, portal
from tests.queue import run_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return portal()


@pytest.fixture
def sleman(owner: User) -> Office:
    found = office("sleman")
    Institution.objects.filter(pk=found.institution.pk).update(
        name="Kementerian Lama", name_en="Old Ministry", abbreviation="Kemenlama"
    )
    for section in (found.news, found.directory):
        section.title = "Kementerian Lama"
        section.save_revision().publish()
    found.institution.refresh_from_db()
    return found


def rename(user: User, institution: Institution, **fields: str) -> int:
    data = {
        "code": institution.code, "name": institution.name, "name_en": institution.name_en,
        "abbreviation": institution.abbreviation, "kind": institution.kind,
        "sections": institution.workspace.kinds,
    }  # fmt: skip
    for number, name in enumerate(institution.names.all()):
        data |= {f"names-{number}-{field}": getattr(name, field) for field in ("id", "name", "kind")}
    count = institution.names.count()
    data |= {"names-TOTAL_FORMS": count, "names-INITIAL_FORMS": count, **fields}
    return client_of(user).post(reverse("institution:edit", args=[institution.pk]), data).status_code


def test_renamed__keeps_old_names_and_addresses_and_follows_everywhere(sleman: Office, owner: User) -> None:
    news, slug = sleman.news, sleman.news.slug
    assert rename(owner, sleman.institution, name="Kementerian Baru", abbreviation="Kemenbaru") == 302
    sleman.institution.refresh_from_db()
    assert set(sleman.institution.names.values_list("name", "kind")) == {
        ("Kementerian Lama", "former"),
        ("Kemenlama", "former"),
    }
    for section in (sleman.news, sleman.directory):
        assert (section.title, section.live, section.has_unpublished_changes) == (
            "Kementerian Baru",
            True,
            False,
        )
    assert sleman.news.slug == slug
    assert sleman.news.url_path == news.url_path
    workspace = sleman.institution.workspace
    assert workspace.collection.name == "Kementerian Baru"
    assert not provision(sleman.institution, workspace.kinds)
    change = InstitutionChange.objects.get()
    assert (change.kind, change.made_by) == ("renamed", owner)
    assert change.details["old"]["name"] == "Kementerian Lama"
    entry = ModelLogEntry.objects.get(action="institutions.rename")
    assert (entry.user, entry.message) == (
        owner, "Nama berubah dari “Kementerian Lama” menjadi “Kementerian Baru”",
    )  # fmt: skip


def test_renamed__is_found_by_both_names(sleman: Office, owner: User) -> None:
    innovation(sleman.directory, institution=sleman.institution).save_revision().publish()
    rename(owner, sleman.institution, name="Kementerian Baru")
    run_tasks("search.tasks.")
    document = SearchDocument.objects.get(type="innovation")
    assert document.data["institution"]["id"] == "Kementerian Baru"
    assert "Kementerian Lama" in str(document.texts)


def test_renamed__a_title_an_editor_has_chosen_stays(sleman: Office, owner: User) -> None:
    section = sleman.news
    section.title = "Kabar kami"
    section.save_revision().publish()
    rename(owner, sleman.institution, name="Kementerian Baru")
    assert (sleman.news.title, sleman.directory.title) == ("Kabar kami", "Kementerian Baru")


def test_renamed__a_draft_of_the_section_is_not_published_by_it(sleman: Office, owner: User) -> None:
    section = sleman.news
    section.search_description = "Belum untuk umum"
    section.save_revision()
    rename(owner, sleman.institution, name="Kementerian Baru")
    section = sleman.news
    assert (section.title, section.search_description) == ("Kementerian Baru", "")
    draft = section.get_latest_revision_as_object()
    assert (draft.title, draft.search_description) == ("Kementerian Baru", "Belum untuk umum")


def test_renamed__back_has_no_former_name_that_is_its_own(sleman: Office, owner: User) -> None:
    rename(owner, sleman.institution, name="Kementerian Baru")
    sleman.institution.refresh_from_db()
    rename(owner, sleman.institution, name="Kementerian Lama")
    assert list(sleman.institution.names.values_list("name", flat=True)) == ["Kementerian Baru"]


def test_saved__with_the_same_name_leaves_no_history(sleman: Office, owner: User) -> None:
    assert rename(owner, sleman.institution, website="https://contoh.go.id") == 302
    assert not InstitutionChange.objects.exists()
    assert not InstitutionName.objects.exists()


def test_renamed__to_another_s_name_is_refused(sleman: Office, owner: User) -> None:
    office("bantul")
    assert rename(owner, sleman.institution, name="instansi BANTUL") == 200
    sleman.institution.refresh_from_db()
    assert sleman.institution.name == "Kementerian Lama"


def test_renaming__is_not_for_an_editor(sleman: Office) -> None:
    rename(sleman.editor, sleman.institution, name="Milik saya")
    sleman.institution.refresh_from_db()
    assert sleman.institution.name == "Kementerian Lama"


def test_renamed__is_not_taken_back_by_loading_the_tables(owner: User) -> None:
    load_all()
    found = Institution.objects.get(code="klhk")
    provision(found, ["news"])
    rename(owner, found, name="Kementerian Uji")
    load_all()
    found.refresh_from_db()
    assert found.name == "Kementerian Uji"
