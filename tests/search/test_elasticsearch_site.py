"""News, guides and ordinary pages are found in Elasticsearch as innovations are, and follow every change."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.models import HomePage
from search import engines
from search.engines.elasticsearch.connection import Connection
from search.engines.guarded import GuardedEngine
from search.types import Query
from search.upkeep.check import compare
from search.upkeep.outbox import pass_all_on
from tests.factories.directory import innovation
from tests.factories.guides import guide_page, step
from tests.factories.home import StandardPageFactory, make_home
from tests.factories.news import news_page

pytestmark = pytest.mark.django_db

PARAGRAPH = [{"type": "paragraph", "value": "<p>Tentang perahu gelatik.</p>"}]
MADE: dict[str, Callable[[str], Page]] = {
    "news": lambda title: news_page(title=title, body=PARAGRAPH),
    "guide": lambda title: guide_page(title=title, steps=[step(title="Rakit perahu gelatik")]),
    "page": lambda title: StandardPageFactory(
        parent=HomePage.objects.get(), title=title, slug="perahu", body=PARAGRAPH
    ),
}


@pytest.fixture(autouse=True)
def portal(elasticsearch: Connection, guarded: GuardedEngine) -> Connection:
    cache.clear()
    make_home()
    return elasticsearch


@pytest.mark.parametrize("type_", MADE)
def test_page__is_found_by_title_and_text_follows_and_is_withdrawn(
    portal: Connection, client: Client, type_: str
) -> None:
    page = MADE[type_]("Berlayar ke hulu")
    page.save_revision().publish()
    pass_all_on(portal)
    assert compare(portal).keys == []

    def found(words: str) -> list[tuple[str, str]]:
        pass_all_on(portal)
        results = engines.search(Query(words))
        assert results.engine == "elasticsearch"
        assert [count.value for count in results.types] == ([type_] if results.total else [])
        return [(hit.type, hit.title) for hit in results.hits]

    assert found("hulu") == found("gelatik") == [(type_, "Berlayar ke hulu")]
    html = client.get(reverse("search:results"), {"q": "gelatik", "jenis": type_}).content.decode()
    assert "Berlayar ke hulu" in html
    page.title = "Berlayar ke hilir"
    page.save_revision().publish()
    assert found("hulu") == []
    assert found("hilir") == [(type_, "Berlayar ke hilir")]
    page.unpublish()
    assert found("hilir") == []
    assert compare(portal).keys == []


def test_page__each_type_beside_the_others(portal: Connection) -> None:
    for make in (*MADE.values(), lambda title: innovation(title=title)):
        make("Perahu gelatik").save_revision().publish()
    pass_all_on(portal)
    results = engines.search(Query("gelatik"))
    assert {count.value: count.count for count in results.types} == {
        "innovation": 1, "news": 1, "guide": 1, "page": 1,
    }  # fmt: skip
    only = engines.search(Query("gelatik", types=("guide",)))
    assert [hit.type for hit in only.hits] == ["guide"]
    assert [title.type for title in engines.complete("perahu gel", "id", ("news",))] == ["news"]
