"""News, guides and ordinary pages in the index: what is public, in step with every change."""

from typing import Any

import pytest
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import HomePage
from news.search_document import SOURCE
from search import index
from search.models import SearchDocument
from search.sources import batches, refresh
from tests.factories.directory import institution
from tests.factories.guides import guide_page, step
from tests.factories.home import StandardPageFactory, make_home
from tests.factories.news import news_page, news_section
from tests.queue import run_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home() -> HomePage:
    return make_home()


def document(page: Page) -> SearchDocument | None:
    return SearchDocument.objects.filter(key__endswith=str(page.translation_key)).first()


def test_news__title_words_body_and_card(home: HomePage) -> None:
    lan = institution("lan", name="Lembaga Administrasi Negara", abbreviation="LAN")
    page = news_page(
        news_section(lan),
        title="Hub baru",
        introduction="Sulbar membentuk hub.",
        tags=("replikasi",),
        body=[
            {"type": "heading", "value": {"text": "Pendampingan", "level": "h2"}},
            {"type": "paragraph", "value": "<p>Kabupaten <b>didampingi</b>.</p>"},
        ],
    )
    found = document(page)
    assert found is not None
    assert found.type == "news"
    assert found.texts["title"] == {"id": "Hub baru"}
    assert {"replikasi", "LAN"} <= set(found.texts["keywords"]["id"].split())
    assert found.texts["body"]["id"].split() == ["Pendampingan", "Kabupaten", "didampingi."]
    assert found.data["url"] == {"id": page.url}
    assert found.data["summary"] == {"id": "Sulbar membentuk hub."}
    assert str(found.date) == page.date.isoformat()


def test_guide_and_page__are_found_by_their_words(home: HomePage) -> None:
    guide = document(guide_page(steps=[step(title="Bentuk tim kecil")]))
    ordinary = StandardPageFactory(
        parent=home,
        title="Privasi",
        slug="privasi",
        body=[{"type": "paragraph", "value": "<p>Tanpa pelacak.</p>"}],
    )
    ordinary.save_revision().publish()
    page = document(ordinary)
    assert guide is not None
    assert page is not None
    assert (guide.type, page.type) == ("guide", "page")
    assert "Bentuk tim kecil" in guide.texts["body"]["id"]
    assert "Tanpa pelacak." in page.texts["body"]["id"]


def test_draft__is_never_in_the_index() -> None:
    page = news_page(title="Rahasia", live=False)
    assert document(page) is None
    live = news_page(title="Terbit")
    live.title = "Judul rahasia"
    live.save_revision()
    found = document(live)
    assert found is not None
    assert found.texts["title"] == {"id": "Terbit"}


def test_publishing_and_withdrawing__are_followed() -> None:
    page = news_page(live=False)
    page.save_revision().publish()
    assert document(page) is not None
    page.refresh_from_db()
    page.unpublish()
    assert document(page) is None


def test_deleting__is_followed() -> None:
    page = news_page()
    page.delete()
    assert document(page) is None


def test_restriction__takes_everything_below_out_and_back() -> None:
    page = news_page()
    restriction = PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert document(page) is None
    restriction.delete()
    assert document(page) is not None


def nested(home: HomePage) -> tuple[Page, Page]:
    above = StandardPageFactory(parent=home, title="Tentang", slug="tentang")
    below = StandardPageFactory(parent=above, title="Kontak", slug="kontak")
    for page in (above, below):
        page.save_revision().publish()
    return above, below


def test_renaming_a_page__changes_the_addresses_below_it(
    home: HomePage, django_capture_on_commit_callbacks: Any
) -> None:
    above, below = nested(home)
    above.slug = "portal"
    with django_capture_on_commit_callbacks(execute=True):
        above.save_revision().publish()
    run_tasks()
    assert document(above).data["url"] == {"id": "/id/portal/"}
    assert document(below).data["url"] == {"id": "/id/portal/kontak/"}


def test_moving_into_a_restricted_part__takes_out_at_once(home: HomePage) -> None:
    above, below = nested(home)
    private = StandardPageFactory(parent=home, title="Internal", slug="internal")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    above.refresh_from_db()
    above.move(private, pos="last-child")
    assert document(above) is None
    assert document(below) is None


def test_alias__is_as_private_as_its_original(home: HomePage) -> None:
    page = news_page()
    alias = page.create_alias(parent=news_section(institution("lan", name="LAN")), update_slug="alias")
    refresh(SOURCE, [alias.translation_key])
    assert document(alias) is not None
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert document(alias) is None
    assert document(page) is None
    restriction.delete()
    assert document(alias) is not None


def test_moving_and_renaming_a_section__changes_the_address(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = news_page()
    section = page.get_parent().specific
    section.slug = "kabar"
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()
    run_tasks()
    found = document(page)
    assert found is not None
    assert "/kabar/" in found.data["url"]["id"]
    page.refresh_from_db()
    page.move(news_section(institution("lan", name="LAN")), pos="last-child")
    found = document(page)
    assert found is not None
    assert "/berita/lan/" in found.data["url"]["id"]


def test_translation__shares_the_document(home: HomePage) -> None:
    english, _created = Locale.objects.get_or_create(language_code="en")
    page = StandardPageFactory(parent=home, title="Tentang", slug="tentang")
    home.copy_for_translation(english).save_revision().publish()
    other = page.copy_for_translation(english)
    other.title = "About"
    other.save_revision().publish()
    found = document(page)
    assert found is not None
    assert found.texts["title"] == {"id": "Tentang", "en": "About"}
    assert found.data["url"]["en"].startswith("/en/")


@pytest.mark.parametrize("target", ["institution", "tag"])
def test_rename__of_an_institution_or_a_tag_is_followed(target: str) -> None:
    page = news_page(news_section(institution("lan", name="LAN")), tags=("replikasi",))
    row = page.institution if target == "institution" else page.tags.first()
    row.name = "Namabaru"
    row.save()
    run_tasks()
    found = document(page)
    assert found is not None
    assert "Namabaru" in found.texts["keywords"]["id"]


def test_rebuild__writes_all_and_drops_what_is_gone(django_assert_max_num_queries: Any) -> None:
    pages = [news_page() for _ in range(3)]
    gone = news_page()
    SearchDocument.objects.filter(key=SOURCE.key_of(pages[0].translation_key)).delete()
    type(gone).objects.filter(pk=gone.pk).update(live=False)
    assert index.rebuild(["news"]) == {"news": 3}
    assert {found.key for batch in batches(SOURCE) for found in batch} == set(
        SearchDocument.objects.filter(type="news").values_list("key", flat=True)
    )
