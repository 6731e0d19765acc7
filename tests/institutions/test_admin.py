import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from directory.models import DirectorySectionPage
from institutions.models import Institution, InstitutionKind, Workspace
from institutions.provisioning import provision
from institutions.viewsets import ReferenceTables
from taxonomy.models import Region, Sector
from tests.factories.directory import directory_index
from tests.factories.institutions import InstitutionFactory, InstitutionNameFactory
from tests.factories.taxonomy import CityFactory, SectorFactory

pytestmark = pytest.mark.django_db

NAMES = [viewset.model._meta.model_name for viewset in ReferenceTables.items]


@pytest.fixture
def administrator(client):
    user = get_user_model().objects.create_superuser("pengelola", "pengelola@contoh.go.id", "rahasia")
    client.force_login(user)
    return client


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_user("penyunting", "penyunting@contoh.go.id", "rahasia")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    return client


def institution_form(institution, **fields):
    return {
        "code": institution.code,
        "name": institution.name,
        "kind": institution.kind,
        "is_active": "on",
        "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0,
    } | fields


@pytest.mark.parametrize("name", NAMES)
def test_tables__administrator_lists_and_adds(administrator, name):
    for view in ("index", "add"):
        assert administrator.get(reverse(f"{name}:{view}")).status_code == 200


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("view", ["index", "index_results", "add"])
def test_tables__others_are_turned_away(editor, name, view):
    response = editor.get(reverse(f"{name}:{view}"))
    assert response.status_code in (302, 403)


def test_tables__stand_in_one_menu_for_administrators_only(administrator):
    label = "Tabel rujukan"
    assert label in administrator.get(reverse("wagtailadmin_home")).content.decode()


def test_tables__menu_is_hidden_from_others(editor):
    assert "Tabel rujukan" not in editor.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("q", ['"', "", "   ", "\x00", "%", "'", "x" * 5000, "kesehatan"])
@pytest.mark.parametrize("name", ["sector", "region", "institution"])
def test_search__no_text_breaks_it(administrator, name, q):
    SectorFactory(name_id="Kesehatan")
    assert administrator.get(reverse(f"{name}:index"), {"q": q}).status_code == 200


def test_search__finds_an_institution_by_another_name_once(administrator):
    found, other = InstitutionFactory(name="Badan Alfa"), InstitutionFactory(name="Badan Beta")
    for name in ("Lembaga Gamma", "Gamma Indonesia"):
        InstitutionNameFactory(institution=found, name=name)
    response = administrator.get(reverse("institution:index"), {"q": "gamma"})
    assert list(response.context["object_list"]) == [found]
    assert other.name not in response.content.decode()


@pytest.mark.parametrize("name", ["region", "institution"])
def test_listing__takes_the_same_queries_for_few_and_many(administrator, name, django_assert_max_num_queries):
    for number in range(30):
        InstitutionFactory(region=CityFactory(code=f"35.{number + 10}"))
    administrator.get(reverse(f"{name}:index"))
    with django_assert_max_num_queries(15):
        administrator.get(reverse(f"{name}:index"))


def test_edit__sector_renamed_and_retired(administrator):
    sector = SectorFactory(code="kesehatan")
    address = reverse("sector:edit", args=[sector.pk])
    data = {"code": "lain", "name_id": "Kesehatan", "name_en": "Health", "position": 3}
    assert administrator.post(address, data).status_code == 302
    sector.refresh_from_db()
    # The code stays: loading and files know the row by it.
    assert (sector.code, sector.name_id, sector.is_active) == ("kesehatan", "Kesehatan", False)


def test_add__sector(administrator):
    data = {"code": "baru", "name_id": "Sektor baru", "position": 1, "is_active": "on"}
    assert administrator.post(reverse("sector:add"), data).status_code == 302
    assert Sector.objects.get(code="baru").name_id == "Sektor baru"


def test_edit__region_abbreviations_are_typed_with_commas(administrator):
    city = CityFactory(abbreviations=["Ngalam"])
    address = reverse("region:edit", args=[city.pk])
    assert "Ngalam" in administrator.get(address).content.decode()
    data = {
        "code": city.code,
        "name_id": city.name_id,
        "short_name": city.short_name,
        "kind": city.kind,
        "island_group": city.island_group,
        "province": city.province.pk,
        "abbreviations": "Ngalam, Mlg , ,Mlg",
        "position": 0,
        "is_active": "on",
    }
    assert administrator.post(address, data).status_code == 302
    assert Region.objects.get(pk=city.pk).abbreviations == ["Ngalam", "Mlg"]


def test_edit__institution_with_names_and_predecessors(administrator):
    successor, predecessor = InstitutionFactory(), InstitutionFactory()
    kept = InstitutionNameFactory(institution=successor, name="Nama dulu")
    data = institution_form(
        successor,
        predecessors=[predecessor.pk],
        **{
            "names-TOTAL_FORMS": 2,
            "names-INITIAL_FORMS": 1,
            "names-0-id": kept.pk,
            "names-0-name": "Nama lama",
            "names-0-kind": "former",
            "names-1-id": "",
            "names-1-name": "Singkatannya",
            "names-1-kind": "abbreviation",
        },
    )
    response = administrator.post(reverse("institution:edit", args=[successor.pk]), data)
    assert response.status_code == 302
    assert set(successor.names.values_list("name", "kind")) == {
        ("Nama lama", "former"),
        ("Singkatannya", "abbreviation"),
    }
    assert list(Institution.objects.get(pk=successor.pk).predecessors.all()) == [predecessor]


def test_edit__institution_name_given_twice_is_an_error_not_a_crash(administrator):
    institution = InstitutionFactory()
    twice = {
        f"names-{number}-{field}": value
        for number in (0, 1)
        for field, value in (("name", "Sama"), ("kind", "alias"))
    }
    data = institution_form(institution, **twice, **{"names-TOTAL_FORMS": 2})
    response = administrator.post(reverse("institution:edit", args=[institution.pk]), data)
    assert response.status_code == 200
    assert not institution.names.exists()


def test_edit__predecessors_offered_are_no_regional_governments(administrator):
    institution, other = InstitutionFactory(), InstitutionFactory()
    government = InstitutionFactory(kind=InstitutionKind.CITY)
    response = administrator.get(reverse("institution:edit", args=[institution.pk]))
    offered = response.context["form"].fields["predecessors"].queryset
    assert list(offered) == [other]
    assert government not in offered


@pytest.mark.parametrize("factory", [SectorFactory, InstitutionFactory, CityFactory])
def test_delete__is_for_nobody(administrator, factory):
    entry = factory()
    address = reverse(f"{entry._meta.model_name}:delete", args=[entry.pk])
    assert administrator.post(address).status_code in (302, 403, 404)
    assert type(entry)._default_manager.filter(pk=entry.pk).exists()


def test_institution_form__gives_an_institution_its_sections(administrator):
    directory_index()
    institution = InstitutionFactory(code="pemkab-sleman")
    address = reverse("institution:edit", args=[institution.pk])
    data = institution_form(institution, sections=["directory"])
    assert administrator.post(address, data).status_code == 302
    assert institution.workspace.kinds == ["directory"]
    assert DirectorySectionPage.objects.get(institution=institution).live
    assert re.search(r'value="directory"[^>]* checked', administrator.get(address).content.decode())
    # Without sections nothing is made.
    other = InstitutionFactory(code="lain")
    assert (
        administrator.post(reverse("institution:edit", args=[other.pk]), institution_form(other)).status_code
        == 302
    )
    assert not Workspace.objects.filter(institution=other).exists()


def test_institution_form__takes_a_new_institution_in_at_once(administrator):
    directory_index()
    new = InstitutionFactory.build(code="pemkab-baru", name="Pemkab Baru")
    response = administrator.post(reverse("institution:add"), institution_form(new, sections=["directory"]))
    assert response.status_code == 302
    assert Workspace.objects.get(institution__code="pemkab-baru").kinds == ["directory"]


def test_institution_form__does_not_take_a_section_away(administrator):
    directory_index()
    institution = InstitutionFactory(code="pemkab-sleman")
    provision(institution, ["directory"])
    address = reverse("institution:edit", args=[institution.pk])
    response = administrator.post(address, institution_form(institution, sections=["news"]))
    assert response.status_code == 200
    assert "tidak dapat dihapus di sini: Direktori" in response.content.decode()
    assert institution.workspace.kinds == ["directory"]
