"""What is counted of a reader's search, what is not, and that the reader notices nothing of it."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.crawlers import is_program
from directory.models import DirectoryIndexPage
from search.insight import recording
from search.insight.buffer import Buffer
from search.models import SearchedFilter, SearchedText
from tests.factories.home import make_home
from tests.factories.search import document, store
from tests.factories.taxonomy import SectorFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
)
NOT_READERS = [
    {},
    {"user-agent": ""},
    {"user-agent": "curl/8.5.0"},
    {"user-agent": "python-requests/2.32"},
    {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
    {"user-agent": "Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0) Chrome/116.0 Safari/537.36"},
    {"user-agent": "Mozilla/5.0 (compatible; YandexImages/3.0; +http://yandex.com/bots)"},
    {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0 Safari/537.36"},
    {"user-agent": "facebookexternalhit/1.1"},
    {"user-agent": FIREFOX, "sec-purpose": "prefetch;prerender"},
    {"user-agent": FIREFOX, "purpose": "prefetch"},
]


@pytest.fixture
def reader() -> Client:
    return Client(headers={"user-agent": FIREFOX})


@pytest.fixture
def site(counted: Buffer) -> DirectoryIndexPage:
    cache.clear()
    return make_home().add_child(instance=DirectoryIndexPage(title="Direktori", slug="direktori"))


def texts() -> dict[tuple[str, str], tuple]:
    """(text, place) → searches, unmatched, near_only, suggested, results; as written by now."""
    assert recording.buffer.flush()
    rows = SearchedText.objects.values_list(
        "text", "place", "searches", "unmatched", "near_only", "suggested", "results"
    )
    return {row[:2]: row[2:] for row in rows}


def filters() -> dict[tuple[str, str, str], int]:
    assert recording.buffer.flush()
    rows = SearchedFilter.objects.values_list("place", "facet", "value", "uses")
    return {row[:3]: row[3] for row in rows}


def test_record__in_both_places_by_the_folded_text(site: DirectoryIndexPage, reader: Client) -> None:
    store(document("Kopi susu"), document("Kopi pahit"))
    portal, directory = reverse("search:results"), site.url
    for address, text in [(portal, "Kopi"), (portal, " KOPI "), (directory, "kopi"), (directory, "xyzzyq")]:
        assert reader.get(address, {"q": text}).status_code == 200
    assert not SearchedText.objects.exists()  # nothing is written before its time
    assert texts() == {
        ("kopi", "site"): (2, 0, 0, 0, 2),
        ("kopi", "directory"): (1, 0, 0, 0, 2),
        ("xyzzyq", "directory"): (1, 1, 0, 0, 0),
    }


def test_record__near_misses_and_mended_typing_errors(site: DirectoryIndexPage, reader: Client) -> None:
    store(document("Kopi susu"), document("Hipertensi"))
    reader.get(site.url, {"q": "kopi xyzzyq"})
    reader.get(site.url, {"q": "hipertnsi"})
    found = texts()
    assert found["kopi xyzzyq", "directory"][:3] == (1, 1, 1)
    assert found["hipertnsi", "directory"][3] == 1  # as typed, and that other words were offered
    assert ("hipertensi", "directory") not in found


def test_record__the_last_number_of_results_stays_through_a_filtered_search(
    site: DirectoryIndexPage, reader: Client
) -> None:
    SectorFactory(code="health")
    SectorFactory(code="farming")
    cache.clear()
    store(document("Kopi", facets={"sector": ["health"]}))
    reader.get(site.url, {"q": "kopi"})
    assert texts()["kopi", "directory"] == (1, 0, 0, 0, 1)
    # Nothing with this filter: no sign that the topic is missing.
    reader.get(site.url, {"q": "kopi", "sector": "farming"})
    assert texts()["kopi", "directory"] == (2, 0, 0, 0, 1)
    store(document("Kopi lagi", facets={"sector": ["health"]}))
    reader.get(site.url, {"q": "kopi"})
    assert texts()["kopi", "directory"] == (3, 0, 0, 0, 2)


def test_record__filters_with_and_without_words(site: DirectoryIndexPage, reader: Client) -> None:
    SectorFactory(code="health")
    SectorFactory(code="farming")
    cache.clear()
    reader.get(site.url, {"sector": ["health", "health", "farming"], "stopped": "1"})
    reader.get(site.url, {"sector": "health", "q": "kopi", "nonsense": "x"})
    reader.get(site.url, {"sector": "no-such"})
    reader.get(reverse("search:results"), {"q": "kopi", "jenis": "news"})
    assert filters() == {
        ("directory", "sector", "health"): 2,
        ("directory", "sector", "farming"): 1,
        ("directory", "stopped", "1"): 1,
        ("site", "type", "news"): 1,
    }
    assert texts()["", "directory"] == (1, 0, 0, 0, None)


@pytest.mark.parametrize(
    "address", ["", "?q=", "?q=%20", "?sort=title", "?utm_source=x", "?page=1", "?sector=nope"]
)
def test_record__nothing_asked_for_is_no_search(
    site: DirectoryIndexPage, reader: Client, counted: Buffer, address: str
) -> None:
    reader.get(f"{site.url}{address}")
    reader.get(f"{reverse('search:results')}{address}")
    assert len(counted) == 0


def test_record__further_pages_and_missing_ones_are_no_search(
    site: DirectoryIndexPage, reader: Client, counted: Buffer
) -> None:
    store(*[document(f"Kopi {n}") for n in range(21)])
    for address in (site.url, reverse("search:results")):
        assert reader.get(address, {"q": "kopi", "page": 2}).status_code == 200
        assert reader.get(address, {"q": "kopi", "page": 3}).status_code == 404
    assert len(counted) == 0


def test_record__only_get(site: DirectoryIndexPage, reader: Client, counted: Buffer) -> None:
    reader.head(site.url, {"q": "kopi"})
    reader.head(reverse("search:results"), {"q": "kopi"})
    assert len(counted) == 0


@pytest.mark.parametrize("headers", NOT_READERS)
def test_record__only_people(site: DirectoryIndexPage, counted: Buffer, headers: dict) -> None:
    client = Client(headers=headers)
    client.get(site.url, {"q": "kopi"})
    client.get(reverse("search:results"), {"q": "kopi"})
    assert len(counted) == 0


@pytest.mark.parametrize(
    "agent", [FIREFOX, CHROME, "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80)", f"{CHROME} CUBOT"]
)
def test_is_program__not_a_browser(agent: str) -> None:
    assert not is_program(agent)


def test_record__not_who_is_signed_in(
    site: DirectoryIndexPage, admin_client: Client, counted: Buffer
) -> None:
    admin_client.get(site.url, {"q": "kopi"}, headers={"user-agent": FIREFOX})
    admin_client.get(reverse("search:results"), {"q": "kopi"}, headers={"user-agent": FIREFOX})
    assert len(counted) == 0
    admin_client.logout()
    admin_client.get(site.url, {"q": "kopi"}, headers={"user-agent": FIREFOX})
    assert len(counted) == 1


def test_record__not_a_preview(site: DirectoryIndexPage, counted: Buffer) -> None:
    request = site.make_preview_request(preview_mode="")
    assert request.status_code == 200
    assert len(counted) == 0


def test_record__words_that_may_name_someone_are_counted_without_them(
    site: DirectoryIndexPage, reader: Client
) -> None:
    reader.get(site.url, {"q": "budi 0812 3456 7890"})
    reader.get(site.url, {"q": "budi@contoh.go.id"})
    assert texts() == {("", "directory"): (2, 2, 0, 0, 0)}


@pytest.mark.parametrize("place", ["directory", "site"])
def test_record__costs_the_reader_no_query(site: DirectoryIndexPage, reader: Client, place: str) -> None:
    address = site.url if place == "directory" else reverse("search:results")
    store(document("Kopi"))

    def queries(client: Client) -> int:
        client.get(address, {"q": "kopi"})
        with CaptureQueriesContext(connection) as captured:
            client.get(address, {"q": "kopi"})
        return len(captured)

    assert queries(reader) == queries(Client())
    # Nor is the answer one for this reader alone, which no cache could give to the next.
    ways = [client.get(address, {"q": "kopi"}).headers.get("Vary") for client in (reader, Client())]
    assert ways[0] == ways[1]


def test_record__a_fault_in_counting_is_logged_and_no_readers_business(
    site: DirectoryIndexPage, reader: Client, counted: Buffer, monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    monkeypatch.setattr(recording, "keepable", lambda text: 1 / 0)
    assert reader.get(site.url, {"q": "kopi"}).status_code == 200
    assert "a search was not counted" in caplog.text
