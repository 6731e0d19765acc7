import pytest
from wagtail.models import Page

from directory.models import DirectorySectionPage
from institutions.sections import get_or_create_section, register_section_type, section_types
from news.models import NewsIndexPage, NewsSectionPage
from tests.factories.directory import directory_index, home_page
from tests.factories.institutions import InstitutionFactory

pytestmark = pytest.mark.django_db


def test_section__is_live_and_named_after_its_institution():
    owner = InstitutionFactory(name="Pemerintah Kabupaten Aceh Singkil", abbreviation="Pemkab Aceh Singkil")
    section = get_or_create_section(directory_index(), owner, DirectorySectionPage)
    stored = DirectorySectionPage.objects.get(pk=section.pk)
    assert (stored.title, stored.slug, stored.live) == (owner.name, "pemkab-aceh-singkil", True)
    assert stored.get_parent().specific == directory_index()


@pytest.mark.parametrize(
    ("abbreviation", "name", "slug"),
    [
        ("KLH/BPLH", "Kementerian Lingkungan Hidup", "klh-bplh"),
        ("", "Universitas Brawijaya", "universitas-brawijaya"),
        ("", "???", "bagian"),
    ],
)
def test_section__slug_comes_from_abbreviation_or_name(abbreviation, name, slug):
    owner = InstitutionFactory(name=name, abbreviation=abbreviation)
    assert get_or_create_section(directory_index(), owner, DirectorySectionPage).slug == slug


def test_section__without_institution_holds_unrecognised_owners():
    section = get_or_create_section(directory_index(), None, DirectorySectionPage)
    assert (section.title, section.slug) == ("Pemilik belum dikenali", "pemilik-belum-dikenali")


@pytest.mark.parametrize("recognised", [True, False])
def test_section__is_made_once(recognised):
    owner = InstitutionFactory() if recognised else None
    first = get_or_create_section(directory_index(), owner, DirectorySectionPage)
    assert get_or_create_section(directory_index(), owner, DirectorySectionPage) == first
    assert DirectorySectionPage.objects.count() == 1


def test_section__slug_taken_by_another_gets_a_number():
    index = directory_index()
    slugs = [
        get_or_create_section(index, InstitutionFactory(abbreviation="BKN"), DirectorySectionPage).slug
        for _ in range(3)
    ]
    assert slugs == ["bkn", "bkn-2", "bkn-3"]


def test_section__made_from_a_stale_index_keeps_the_tree_sound():
    stale, other = directory_index(), directory_index()
    get_or_create_section(other, InstitutionFactory(), DirectorySectionPage)
    get_or_create_section(stale, InstitutionFactory(), DirectorySectionPage)
    assert Page.find_problems() == ([], [], [], [], [])
    assert stale.numchild == 2


def test_section__of_another_index_is_not_taken_for_this_one():
    owner = InstitutionFactory()
    news = home_page().add_child(instance=NewsIndexPage(title="Berita", slug="berita"))
    get_or_create_section(directory_index(), owner, DirectorySectionPage)
    section = get_or_create_section(news, owner, NewsSectionPage)
    assert section.get_parent().specific == news


def test_existing_section__costs_one_query(django_assert_num_queries):
    owner, index = InstitutionFactory(), directory_index()
    get_or_create_section(index, owner, DirectorySectionPage)
    with django_assert_num_queries(1):
        get_or_create_section(index, owner, DirectorySectionPage)


def test_section_type__is_registered_once():
    register_section_type(NewsSectionPage)
    register_section_type(NewsSectionPage)
    assert section_types().count(NewsSectionPage) == 1
