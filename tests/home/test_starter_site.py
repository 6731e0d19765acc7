"""`manage.py build_site`: made once, found again, and never made over what an editor did since."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.models import Page, Revision, Site

from directory.derived.completeness import Tab, completeness
from directory.finder.page import EXAMPLES
from directory.imports.run import get_adapter, run_import
from directory.imports.types import Action
from directory.models import DirectoryIndexPage, InnovationPage, SourceRecord
from guides.models import GuidePage
from home.models import HomePage, StandardPage, StarterItem
from home.starter.build import build_site
from home.starter.content import files, read
from home.starter.innovations import FILE, enrich
from news.models import NewsPage
from search import engines, synonyms
from search.types import Query

PROFILES = files("innovations")


@pytest.fixture(scope="module")
def starter_site(django_db_setup: None, django_db_blocker: object) -> Iterator[list[str]]:
    """The site built once for this module; what it told. Undone at the end."""
    told: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        call_command("load_taxonomy", stdout=StringIO())
        build_site(told.append)
        yield told
        transaction.set_rollback(True)


@pytest.fixture
def site(starter_site: list[str], db: None) -> list[str]:
    return starter_site


def state() -> dict[str, int]:
    return {
        model.__name__: model._default_manager.count()
        for model in (Page, Revision, SourceRecord, StarterItem, Site)
    }


def test_build_site__again__changes_nothing(site: list[str]) -> None:
    before = state()
    output = StringIO()

    call_command("build_site", stdout=output)

    assert state() == before
    assert "tidak ada yang diubah" in output.getvalue()


def test_build_site__tells_each_part_it_made(site: list[str]) -> None:
    assert "Direktori: 121 inovasi baru dari 121 baris" in site
    assert len([line for line in site if line.startswith("Berita: ")]) == 5


def test_build_site__makes_the_tree_in_both_languages(site: list[str]) -> None:
    home, english = HomePage.objects.order_by("pk")

    assert [page.slug for page in home.get_children().live().in_menu()] == ["direktori", "panduan", "berita"]
    assert [page.slug for page in StandardPage.objects.child_of(home)] == [
        "tentang",
        "cara-memakai",
        "aksesibilitas",
        "privasi",
    ]
    assert english.translation_key == home.translation_key
    assert english.locale.language_code == "en"
    about = StandardPage.objects.child_of(english).get()
    assert about.translation_key == StandardPage.objects.get(slug="tentang").translation_key
    assert InnovationPage.objects.live().count() == 121


def test_build_site__site_stands_on_the_front_page_without_the_welcome_page(site: list[str]) -> None:
    only = Site.objects.get()

    assert only.root_page.specific == HomePage.objects.get(locale__language_code="id")
    assert (only.hostname, only.port, only.site_name) == ("testserver", 80, "JIPPNas")
    assert not Page.objects.filter(title__startswith="Welcome").exists()


@pytest.mark.parametrize("model", [HomePage, StandardPage, DirectoryIndexPage, NewsPage, GuidePage])
def test_starter_pages__answer(site: list[str], client: Client, model: type[Page]) -> None:
    pages = model._default_manager.live()

    assert pages
    for page in pages:
        assert client.get(page.get_url()).status_code == 200, page.title


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_starter_profile__answers_and_has_something_on_every_tab(
    site: list[str], client: Client, path: Path
) -> None:
    page = InnovationPage.objects.get(title=read(path)["title"])
    found = completeness(page)

    assert found.percent >= 80
    assert client.get(page.get_url()).status_code == 200
    missing = {tab: [entry.field for entry in found.missing if entry.tab == tab] for tab in Tab}
    assert "narrative-how_it_works" not in missing[Tab.METHOD]
    assert "prerequisites" not in missing[Tab.COST]
    assert "evidence" not in missing[Tab.EVIDENCE]
    assert "replication_kit" not in missing[Tab.FILES]
    assert page.evidence_level >= 2


def test_starter_articles__are_tagged_sourced_and_show_innovations_that_exist(site: list[str]) -> None:
    articles = list(NewsPage.objects.live())

    assert all(article.source_name and article.source_url for article in articles)
    assert all(article.tags.count() for article in articles)
    forum = NewsPage.objects.get(slug="kalsel-memilih-inovasi-untuk-direplikasi")
    shown = next(block.value for block in forum.body if block.block_type == "related_innovations")
    assert len(shown) == 4
    assert all(page.live for page in shown)


@pytest.mark.parametrize("words", EXAMPLES)
def test_examples__of_searches_find_something(site: list[str], words: str) -> None:
    synonyms.load()
    assert engines.search(Query(str(words), types=("innovation",))).total >= 3


def test_starter_guide__shows_its_related_innovations(site: list[str]) -> None:
    assert GuidePage.objects.get().related_innovations.count() == 6


def test_build_site__after_an_editor__leaves_the_editors_work_alone(site: list[str]) -> None:
    article = NewsPage.objects.get(slug="kipp-2019-dan-17-tujuan")
    article.title = "Judul dari editor"
    article.save_revision().publish()
    StandardPage.objects.get(slug="privasi").delete()
    moved = StandardPage.objects.get(slug="aksesibilitas")
    moved.slug = "akses"
    moved.save()
    before = state()

    assert build_site() == 0

    assert state() == before
    article.refresh_from_db()
    assert article.title == "Judul dari editor"
    assert not StandardPage.objects.filter(slug="privasi").exists()


def test_enrich__record_an_editor_has_worked_on__leaves_it(site: list[str]) -> None:
    page = InnovationPage.objects.get(title=read(PROFILES[0])["title"])
    page.problem = "Masalah menurut editor."
    page.save_revision().publish()

    assert enrich(PROFILES[0]) is None

    page.refresh_from_db()
    assert page.problem == "Masalah menurut editor."


def test_import__the_same_file_again__writes_nothing(site: list[str]) -> None:
    before = state()

    summary = run_import(get_adapter("general"), FILE, commit=True)

    assert (
        summary.counts[Action.CREATE] == summary.counts[Action.UPDATE] == summary.counts[Action.REFUSED] == 0
    )
    assert state() == before
    page = InnovationPage.objects.get(title=read(PROFILES[0])["title"])
    assert page.summary == read(PROFILES[0])["fields"]["summary"]
