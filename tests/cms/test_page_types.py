"""Which page may be made below which: every pair of the project's page types, against one table."""

import itertools

import pytest
from django.apps import apps
from wagtail.models import Page, get_page_models

# Parent → what may be made below it. What is not named here may have nothing below it.
ALLOWED: dict[str, set[str]] = {
    # The bare type stands for the root only: nobody can make one.
    "wagtailcore.Page": {"wagtailcore.Page", "home.HomePage"},
    "home.HomePage": {
        "news.NewsIndexPage",
        "guides.GuideIndexPage",
        "directory.DirectoryIndexPage",
        "home.StandardPage",
    },
    "home.StandardPage": {"home.StandardPage"},
    "news.NewsIndexPage": {"news.NewsSectionPage"},
    "news.NewsSectionPage": {"news.NewsPage"},
    "guides.GuideIndexPage": {"guides.GuideSectionPage"},
    "guides.GuideSectionPage": {"guides.GuidePage"},
    "directory.DirectoryIndexPage": {"directory.DirectorySectionPage"},
    "directory.DirectorySectionPage": {"directory.InnovationPage"},
}
LEAVES = {"news.NewsPage", "guides.GuidePage", "directory.InnovationPage"}
TYPES = sorted({*ALLOWED, *LEAVES})


def model(label: str) -> type[Page]:
    return apps.get_model(label)


def test_page_types__table_names_every_type():
    assert {found._meta.label for found in get_page_models()} == set(TYPES)


@pytest.mark.parametrize(("parent", "child"), list(itertools.product(TYPES, TYPES)))
def test_page_types__pair_is_allowed_just_as_the_table_says(parent, child):
    allowed = child in ALLOWED.get(parent, set())
    assert (model(child) in model(parent).allowed_subpage_models()) is allowed
    assert (model(parent) in model(child).allowed_parent_page_models()) is allowed


def test_page_types__bare_page_cannot_be_made():
    assert [found._meta.label for found in get_page_models() if not found.is_creatable] == [
        "wagtailcore.Page"
    ]


@pytest.mark.parametrize("label", [label for label in TYPES if label.endswith("IndexPage")])
def test_page_types__one_index_of_a_kind_below_a_front_page(label):
    assert model(label).max_count_per_parent == 1
