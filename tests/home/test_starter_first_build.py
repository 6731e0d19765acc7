"""Building the starter site where something is missing, or already there."""

import pytest
from wagtail.models import Page, Site

from directory.models import DirectoryIndexPage
from home.models import HomePage, StarterItem
from home.starter import tree
from home.starter.build import build_site
from home.starter.content import StarterError
from tests.factories.home import make_home


@pytest.mark.django_db
def test_build_site__without_reference_tables__says_what_to_do_and_makes_nothing() -> None:
    pages = Page.objects.count()

    with pytest.raises(StarterError, match="load_taxonomy"):
        build_site()

    assert Page.objects.count() == pages
    assert not StarterItem.objects.exists()


@pytest.mark.django_db
def test_build_site__on_a_portal_with_a_front_page__keeps_it() -> None:
    home = make_home(question="Pertanyaan pengelola?")

    tree.make_home()
    tree.make_site()
    tree.make_index("direktori")
    tree.make_index("direktori")

    assert HomePage.objects.get() == home
    assert Site.objects.get().root_page_id == home.pk
    assert DirectoryIndexPage.objects.count() == 1
