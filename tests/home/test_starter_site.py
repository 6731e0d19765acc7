"""`manage.py build_site`, in both languages: made once, and never over what an editor did since."""

import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageQuerySet, Revision, Site
from wagtail_localize.models import StringTranslation, Translation

from directory.derived.columns import DERIVED_FIELDS
from directory.derived.completeness import Tab, completeness
from directory.finder.page import EXAMPLES
from directory.imports.run import get_adapter, run_import
from directory.imports.types import Action
from directory.models import DirectoryIndexPage, InnovationPage, SourceRecord
from guides.models import GuidePage
from home.models import HomePage, StandardPage, StarterItem
from home.starter import translations
from home.starter.build import build_site
from home.starter.content import files, read
from home.starter.innovations import FILE, enrich
from home.starter.translations import KINDS
from news.models import NewsPage
from search import engines, synonyms
from search.types import Query

PROFILES = files("innovations")
PRIVACY, PROFILE_IN_ENGLISH = (
    next(path for path in files("translations") if path.stem.endswith(name))
    for name in ("privacy", PROFILES[0].stem)
)


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


def live(model: type[Page], language: str = "id") -> PageQuerySet:
    return model._default_manager.live().filter(locale__language_code=language)


def menu(home: HomePage) -> list[str]:
    return [page.slug for page in home.get_children().live().in_menu()]


def footer(home: HomePage) -> list[str]:
    return [page.slug for page in StandardPage.objects.child_of(home).live()]


def answer(client: Client, address: str) -> tuple[str, int]:
    """The page, and in how many queries, once everything that is kept has been asked for."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode(), len(queries)


def switch(html: str) -> str | None:
    """Where the page's language switch leads."""
    found = re.search(r'<a href="([^"]+)" lang="\w\w" hreflang="\w\w"', html)
    return found and found[1]


def state() -> dict[str, int]:
    return {
        model.__name__: model._default_manager.count()
        for model in (Page, Revision, SourceRecord, StarterItem, StringTranslation, Site)
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

    assert menu(home) == ["direktori", "panduan", "berita"]
    assert menu(english) == ["directory", "guides", "news"]
    assert footer(home) == ["tentang", "cara-memakai", "aksesibilitas", "privasi"]
    assert footer(english) == ["about", "how-to-use", "accessibility", "privacy"]
    assert english.translation_key == home.translation_key
    assert english.locale.language_code == "en"
    assert live(InnovationPage).count() == 121


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
    page = live(InnovationPage).get(title=read(path)["title"])
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
    articles = list(live(NewsPage))

    assert all(article.source_name and article.source_url for article in articles)
    assert all(article.tags.count() for article in articles)
    forum = NewsPage.objects.get(slug="kalsel-memilih-inovasi-untuk-direplikasi")
    shown = next(block.value for block in forum.body if block.block_type == "related_innovations")
    assert len(shown) == 4
    assert all(page.live for page in shown)


@pytest.mark.parametrize("kind", KINDS)
def test_translations__every_file_is_a_live_page_without_a_text_left(site: list[str], kind: str) -> None:
    texts = [read(path) for path in files("translations") if read(path)["kind"] == kind]

    for data in texts:
        source = live(KINDS[kind]).get(title=data["page"])
        page = source.get_translation(Locale.objects.get(language_code="en"))
        translation = Translation.objects.get(source__object_id=source.translation_key)
        total, translated = translation.get_progress()
        assert page.live
        assert page.title == data["texts"][source.title]
        assert page.slug == data.get("slug", source.slug)
        assert not page.has_unpublished_changes
        assert total == translated
    assert len(texts) == live(KINDS[kind], "en").count()


def test_translations__twenty_innovations_say_of_themselves_what_their_sources_say(site: list[str]) -> None:
    pages = live(InnovationPage, "en")

    assert len(pages) == 20
    for page in pages:
        source = page.source_page
        for name in (*DERIVED_FIELDS, "registry_number", "institution_id", "year", "operational_status"):
            assert getattr(page, name) == getattr(source, name), (page, name)
        for rows in ("sectors", "sdgs", "reform_themes", "beneficiary_groups", "tags"):
            assert set(getattr(page, rows).all()) == set(getattr(source, rows).all())
        assert [str(award) for award in page.awards.all()] == [str(award) for award in source.awards.all()]
        assert {row.name for row in page.former_names.all()} == {
            row.name for row in source.former_names.all()
        }


def test_translations__search_finds_a_record_once_under_both_titles(site: list[str]) -> None:
    found = engines.search(Query("kangaroo method", types=("innovation",))).hits

    titles = [hit.data["title"] for hit in found if "BASABA" in hit.data["title"]["id"]]
    assert [sorted(title) for title in titles] == [["en", "id"]]
    assert "fathers who love their babies" in titles[0]["en"]


def test_english_pages__answer_with_as_few_queries_and_switch_there_and_back(
    site: list[str], client: Client
) -> None:
    pages = list(Page.objects.live().filter(locale__language_code="en").specific())
    assert len(pages) > 50

    for page in pages:
        source = page.get_translations().get(locale__language_code="id")
        english, queries = answer(client, page.get_url())
        indonesian, expected = answer(client, source.get_url())
        assert switch(english) == source.get_url()
        assert switch(indonesian) == page.get_url()
        # Wagtail looks up the front page of a language other than the site's.
        assert queries <= expected + 1, page


def test_english_examples__of_searches_find_something(site: list[str]) -> None:
    for words in HomePage.objects.get(locale__language_code="en").examples:
        assert engines.search(Query(words, types=("innovation",))).total, words


def test_make__blocks_of_an_older_portal_without_their_empty_texts__are_translated(site: list[str]) -> None:
    source = live(InnovationPage).get(title=read(PROFILES[0])["title"])
    source.get_translations().get().delete()
    rows = [
        {**row, "value": {k: v for k, v in row["value"].items() if v}} for row in source.evidence.raw_data
    ]
    source.evidence = json.dumps(rows)
    source.save()

    assert translations.make(PROFILE_IN_ENGLISH) == source.title


def test_build_site__on_an_older_portal_with_other_texts__tells_and_goes_on(site: list[str]) -> None:
    StandardPage.objects.get(slug="privacy").delete()
    StarterItem.objects.get(key=f"translation:{PRIVACY.stem}").delete()
    source = StandardPage.objects.get(slug="privasi")
    source.introduction = "Kalimat lama."
    source.save_revision().publish()
    told: list[str] = []

    assert (build_site(told.append), build_site()) == (1, 0)

    assert "“Kalimat lama.”" in told[0]
    assert not StandardPage.objects.filter(slug="privacy").exists()


@pytest.mark.parametrize("words", EXAMPLES)
def test_examples__of_searches_find_something(site: list[str], words: str) -> None:
    synonyms.load()
    assert engines.search(Query(str(words), types=("innovation",))).total >= 3


def test_starter_guide__shows_its_related_innovations(site: list[str]) -> None:
    for guide in GuidePage.objects.all():
        assert guide.related_innovations.count() == 6


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
    page = live(InnovationPage).get(title=read(PROFILES[0])["title"])
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
    page = live(InnovationPage).get(title=read(PROFILES[0])["title"])
    assert page.summary == read(PROFILES[0])["fields"]["summary"]
