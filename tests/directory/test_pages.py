"""The directory over HTTP: every address answers, in few queries, whatever it holds."""

from collections.abc import Iterator
from copy import copy

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Context, Template
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from wagtail.models import Locale, PageViewRestriction

from cms.templatetags.portal import quantity
from directory.finder import facets
from directory.models import Confirmation, InnovationPage, Merge, Validation
from search import index, textindex
from search.models import SearchDocument
from search.types import TEXT_FIELDS, Document
from tests.factories import directory as factory
from tests.factories.cms import DocumentFactory, ImageFactory
from tests.factories.home import make_home
from tests.factories.taxonomy import ProvinceFactory, SectorFactory

pytestmark = pytest.mark.django_db

INNOVATION_QUERIES = 18
DIRECTORY_QUERIES = 20
# As many documents as show every value of every facet.
WRITTEN = 100


@pytest.fixture(autouse=True)
def site() -> Iterator[None]:
    make_home()
    cache.clear()
    yield
    cache.clear()


def published(page: InnovationPage | None = None, **fields: object) -> InnovationPage:
    page = page or factory.innovation(**fields)
    page.save_revision().publish()
    return InnovationPage.objects.get(pk=page.pk)


def queries_of(client: Client, url: str) -> int:
    client.get(url)  # what is cached between requests (site roots, labels, renditions) is cached now
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def rich_innovation() -> InnovationPage:
    """A record with something of everything, files and pictures too."""
    document, image = DocumentFactory(), ImageFactory()
    kit = [
        {
            "type": "item",
            "value": {"kind": "sop", "title": f"SOP {n}", "document": document.pk, "necessity": "core"},
        }
        for n in range(5)
    ]
    page = factory.full_innovation(
        evidence=[factory.evidence_row(str(n), document=document.pk) for n in range(6)],
        replication_kit=kit,
        documents=[{"type": "document", "value": {"document": document.pk, "title": "Laporan"}}],
        gallery=[{"type": "image", "value": {"image": image.pk, "caption": "Kegiatan"}} for _ in range(4)],
        lead_image=image,
    )
    for number in range(4):
        Confirmation.objects.create(page=page, status="running", confirmed_by_post=f"Kepala Dinas {number}")
        Validation.objects.create(page=page, source="kipp")
    return published(page)


def test_innovation_page__queries(client: Client) -> None:
    assert queries_of(client, rich_innovation().url) <= INNOVATION_QUERIES


def test_innovation_page__bare_record_says_its_gaps(client: Client) -> None:
    html = client.get(published(title="Tanpa isi").url).content.decode()
    gaps = html[html.index('id="belum-dilaporkan"') : html.index('id="ditiru"')]
    for part in ("cara kerja", "biaya dan tenaga", "yang harus ada lebih dulu", "perangkat replikasi"):
        assert f'Tanyakan<span class="visually-hidden"> tentang {part}</span>' in gaps
    assert gaps.count("<li id=") == gaps.count("?bagian=") == 5
    # Masalah, yang berubah, ringkasan, biaya, waktu siap; and once as the list's heading.
    assert html[: html.index('class="sheet"')].count("Belum dilaporkan") >= 6
    assert "Belum divalidasi" in html
    assert "Belum diketahui apakah masih berjalan" in html


def test_innovation_page__order_of_parts(client: Client) -> None:
    html = client.get(rich_innovation().url).content.decode()
    body = html[html.index("<h1") :]
    places = [
        body.index(f'id="{anchor}"')
        for anchor in (
            "sekilas",
            "bukti",
            "cara-kerja",
            "biaya",
            "prasyarat",
            "perangkat",
            "pelajaran",
            "ditiru",
            "sumber",
        )
    ]
    assert places == sorted(places)
    assert body.index("Rp64.000.000") > places[3]
    assert body.count("<h1") == 1


def test_innovation_page__text_is_escaped(client: Client) -> None:
    evil = '<script>alert("x")</script>'
    page = published(
        factory.full_innovation(title=f"Judul {evil}", problem=evil, summary=evil, partners=evil)
    )
    for url in (page.url, page.get_parent().get_parent().url):
        assert evil not in client.get(url).content.decode()


def test_preview__shows_the_draft_not_the_published(client: Client) -> None:
    page = published(factory.full_innovation(title="Terbit"))
    page.title, page.sectors = "Rancangan baru", []
    draft = page.save_revision().as_object()
    html = draft.make_preview_request().content.decode()
    assert "Rancangan baru" in html
    assert "?sector=kesehatan" not in html


@pytest.mark.parametrize("filled", [False, True])
def test_permanent_address__leads_to_the_readable_one(client: Client, filled: bool) -> None:
    page = published(factory.full_innovation() if filled else None)
    response = client.get(f"/id/inovasi/{page.registry_number}/")
    assert (response.status_code, response["Location"]) == (302, page.url)


def test_permanent_address__without_a_translation_shows_the_source_in_the_readers_frame(
    client: Client,
) -> None:
    page = published(factory.full_innovation())
    html = client.get(f"/en/innovations/{page.registry_number}/").content.decode()
    assert '<html lang="en">' in html
    assert f'<h1 lang="id">{page.title}</h1>' in html
    assert "Only in Indonesian" in html
    # Headings are the frame's, the owner's words are marked, search machines keep the source.
    assert "How it works" in html
    assert '<div class="prose" lang="id">' in html
    assert f'<link rel="canonical" href="{page.full_url}">' in html
    assert f'<a href="{page.url}" lang="id" hreflang="id">Bahasa Indonesia</a>' in html


def test_permanent_address__in_its_own_language_marks_nothing(client: Client) -> None:
    page = published(factory.full_innovation())
    html = client.get(page.url).content.decode()
    assert f"<h1>{page.title}</h1>" in html
    assert '<div class="prose">' in html
    assert "Hanya dalam bahasa Indonesia" not in html


@pytest.mark.parametrize(
    ("asked", "own"),
    [
        ("/en/inovasi/{}/?dari=surel", "/en/innovations/{}/?dari=surel"),
        ("/id/innovations/{}/", "/id/inovasi/{}/"),
        ("/en/cari/?q=air", "/en/search/?q=air"),
        ("/id/search/", "/id/cari/"),
    ],
)
def test_address__in_the_words_of_another_language_leads_to_its_own(
    client: Client, asked: str, own: str
) -> None:
    number = published().registry_number
    response = client.get(asked.format(number))
    assert (response.status_code, response["Location"]) == (301, own.format(number))


def test_permanent_address__in_the_readers_language(client: Client) -> None:
    page = published()
    english = Locale.objects.get_or_create(language_code="en")[0]
    copy = page.copy_for_translation(english, copy_parents=True)
    copy.save_revision().publish()
    assert client.get(f"/en/innovations/{page.registry_number}/")["Location"].startswith("/en/")
    assert client.get(f"/id/inovasi/{page.registry_number}/")["Location"].startswith("/id/")


@pytest.mark.parametrize("hide", ["draft", "unpublished", "restricted", "unknown", "huge"])
def test_permanent_address__not_found(client: Client, hide: str) -> None:
    number = {"unknown": 999_999, "huge": 10**30}.get(hide)
    if number is None:
        page = factory.innovation(live=False) if hide == "draft" else published()
        if hide == "unpublished":
            page.unpublish()
        if hide == "restricted":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        number = page.registry_number
    assert client.get(f"/id/inovasi/{number}/").status_code == 404


@pytest.mark.parametrize("path", ["/id/inovasi/", "/id/cari/"])
@pytest.mark.parametrize("written", ["INO-{:06}", "INO-{}", "ino-{:06}", "  Ino-{} ", "INO {}", "INO{}"])
def test_registry_number__searched_leads_to_the_record(client: Client, path: str, written: str) -> None:
    page = published()
    response = client.get(path, {"q": written.format(page.registry_number)})
    assert (response.status_code, response["Location"]) == (302, f"/id/inovasi/{page.registry_number}/")


@pytest.mark.parametrize("path", ["/id/inovasi/", "/id/cari/"])
def test_registry_number__of_a_merged_record_leads_to_the_kept_one(client: Client, path: str) -> None:
    page = published()
    Merge.objects.create(page=page, number=900, title="Yang lain", address="/id/x/", content={})
    response = client.get(path, {"q": "INO-000900"}, follow=True)
    assert response.redirect_chain[-1][0] == page.url
    page.unpublish()
    assert client.get(path, {"q": "INO-000900"}).status_code == 200


@pytest.mark.parametrize("path", ["/id/inovasi/", "/id/cari/"])
@pytest.mark.parametrize("hide", ["draft", "restricted", "unknown", "long", "other", "bare"])
def test_registry_number__that_names_nothing_public_is_searched(client: Client, path: str, hide: str) -> None:
    page = factory.innovation(live=False) if hide == "draft" else published()
    if hide == "restricted":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    other = {
        "unknown": "INO-999999",
        "long": "INO-" + "9" * 150,
        "other": f"bINO-{page.registry_number}",
        "bare": str(page.registry_number),
    }
    assert client.get(path, {"q": other.get(hide, page.registry_code)}).status_code == 200


def test_registry_number__among_news_is_searched(client: Client) -> None:
    page = published()
    assert client.get("/id/cari/", {"q": page.registry_code, "jenis": "news"}).status_code == 200
    assert client.get("/id/cari/", {"q": page.registry_code, "jenis": "innovation"}).status_code == 302


def test_permanent_address__as_people_write_the_number(client: Client) -> None:
    page = published()
    for written in (page.registry_code, page.registry_code.lower(), f"INO-{page.registry_number}"):
        assert client.get(f"/id/inovasi/{written}/")["Location"] == page.url
    for wrong in ("INO-999999", "INO-" + "9" * 30, "INO-", "INO-x"):
        assert client.get(f"/id/inovasi/{wrong}/").status_code == 404


def test_innovation_page__restricted_asks_to_sign_in(client: Client) -> None:
    page = published()
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert client.get(page.url).status_code == 302


def test_innovation_page__unpublished_is_not_found(client: Client) -> None:
    page = published()
    page.unpublish()
    assert client.get(page.url).status_code == 404


def test_section_page__lists_its_innovations(client: Client) -> None:
    page = published(title="Milik sendiri")
    published(title="Milik lain", institution=factory.institution("lain"))
    factory.innovation(title="Belum terbit", live=False)
    html = client.get(page.get_parent().url).content.decode()
    assert "Milik sendiri" in html
    assert "Milik lain" not in html
    assert "Belum terbit" not in html


def test_section_page__queries_do_not_grow(client: Client) -> None:
    page = published()
    few = queries_of(client, page.get_parent().url)
    for _ in range(10):
        published()
    assert queries_of(client, page.get_parent().url) == few <= DIRECTORY_QUERIES


HOSTILE = {
    "q": [
        "%00",
        "'",
        '"',
        "%22ibu",
        "x" * 10_240,
        "ibu%27%3B--",
        "%F0%9F%98%80",
        "%ED%A0%80",
        "*",
        "AND OR NOT",
        "(",
        "-",
        "%",
    ],
    "page": ["-1", str(10**20), "abc", "0", "", "1e20", "%00", "²"],
    "sort": ["evil", "", "%00", "title&sort=newest"],
    "sector": ["zzz", "%00", "kesehatan&sector=kesehatan", "'", "x" * 10_240],
    "year": ["-1", "99999", "2019%00"],
    "evidence": ["9", "-1", "abc"],
    "foo": ["bar", "%00"],
    "stopped": ["2", "%00"],
    "%00": ["1"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in HOSTILE.items() for value in values]
)
def test_directory__hostile_addresses_never_fail(client: Client, name: str, value: str) -> None:
    published(factory.full_innovation())
    response = client.get(
        f"{factory.directory_index().url}?{name}={value}&q=ibu"
        if name != "q"
        else f"{factory.directory_index().url}?q={value}"
    )
    assert response.status_code in (200, 404)
    if response.status_code == 404:
        assert name == "page"


@pytest.mark.parametrize(
    ("address", "notice"),
    [
        ("foo=1", "tidak dikenal diabaikan: foo"),
        ("sector=zzz", "Sektor: zzz"),
        ("sort=evil", "Urutan yang tidak dikenal"),
        ("page=abc", "Nomor halaman tidak dikenal"),
        (f"q={'x' * 10_240}", "terlalu panjang"),
    ],
)
def test_directory__says_what_it_ignored(client: Client, address: str, notice: str) -> None:
    published()
    html = client.get(f"{factory.directory_index().url}?{address}").content.decode()
    assert notice in html


def test_directory__title_carries_query_and_page(client: Client) -> None:
    published(title="Posyandu")
    html = client.get(f"{factory.directory_index().url}?q=posyandu").content.decode()
    assert "<title>“posyandu” – Direktori inovasi" in html
    assert '<meta name="robots" content="noindex, follow">' in html


def test_directory__card(client: Client) -> None:
    page = published(factory.full_innovation(title="Kemitraan bidan"))
    html = client.get(f"{factory.directory_index().url}?q=bidan").content.decode()
    for words in (
        page.url,
        "Kemitraan bidan",
        "Top 45 KIPP 2021",
        "<mark>",
        "Ada data awal dan sumber",
        "Rp50–250 juta di tahun pertama",
        "Belum divalidasi",
    ):
        assert words in html
    assert escape(page.institution.name) in html


def many_documents(number: int) -> None:
    """Search documents as an import would leave them, without their pages, every facet filled."""
    values = {
        "sector": [SectorFactory(code=f"s{n}").code for n in range(30)],
        "province": [ProvinceFactory(code=str(50 + n), name_id=f"Provinsi {n}").code for n in range(38)],
        "year": [str(2005 + n) for n in range(20)],
    }
    for facet in facets.FACETS:
        if facet.choices:
            values[facet.name] = [str(value) for value in facet.choices.values if str(value) != "stopped"]
    documents = (
        Document(
            key=f"innovation:uji-{n}",
            type="innovation",
            object_id=n,
            texts={"title": {"id": f"Inovasi {n}"}, "summary": {"id": "Layanan bagi ibu hamil di desa"}},
            facets={name: (found[n % len(found)],) for name, found in values.items()},
            data={"title": {"id": f"Inovasi {n}"}, "url": {"id": f"/id/inovasi/uji/{n}/"}},
            date="2020-01-01",
        )
        for n in range(WRITTEN)
    )
    index.store_many(documents)
    originals = list(SearchDocument.objects.filter(key__startswith="innovation:uji-"))
    for round_ in range(1, number // WRITTEN):
        copy_documents(originals, round_)


def copy_documents(originals: list[SearchDocument], round_: int) -> None:
    """The same rows once more under other keys: writing each one properly takes milliseconds."""
    texts = textindex.read([row.pk for row in originals])
    copies = {}
    for row in originals:
        copies[row.pk] = copy(row)
        copies[row.pk].pk, copies[row.pk].key = None, f"{row.key}-{round_}"
    SearchDocument.objects.bulk_create(copies.values())
    for relation in SearchDocument._meta.related_objects:
        rows = list(relation.related_model.objects.filter(**{f"{relation.field.name}__in": originals}))
        for row in rows:
            owner = copies[getattr(row, relation.field.attname)]
            row.pk = None
            setattr(row, relation.field.attname, owner.pk)
        relation.related_model.objects.bulk_create(rows)
    for pk, fields in texts.items():
        stems = (text.split() for text in fields)
        textindex.put(copies[pk].pk, dict(zip(TEXT_FIELDS, stems, strict=True)))


@pytest.mark.parametrize("records", [100, 10_000])
def test_directory__queries_with_all_facets(client: Client, records: int) -> None:
    many_documents(records)
    url = factory.directory_index().url
    for address in (
        "",
        "?q=ibu+hamil",
        "?q=ibu&sector=s1&sector=s2&province=51",
        "?page=3&sort=title",
        "?q=tidakada",
        "?q=tidakada&sector=s1&province=51&year=2020",
    ):
        assert queries_of(client, url + address) <= DIRECTORY_QUERIES
    html = client.get(url).content.decode()
    assert f"{quantity(records)} inovasi" in html
    assert all(
        f'name="{name}"' in html
        for name in ("sector", "province", "year", "evidence", "cost", "population", "island")
    )
    assert len(html) < 100_000


def test_innovation_page__queries_do_not_depend_on_the_directory(client: Client) -> None:
    url = rich_innovation().url
    few = queries_of(client, url)
    for _ in range(10):
        published()
    assert queries_of(client, url) == few


def test_related_innovations__only_public_ones(client: Client) -> None:
    shown, hidden = published(title="Terlihat"), factory.innovation(title="Tersembunyi", live=False)
    html = Template('{% include "blocks/related_innovations.html" %}').render(
        Context({"value": [shown, hidden, None]})
    )
    assert "Terlihat" in html
    assert "Tersembunyi" not in html


def test_directory_page__says_once_that_another_engine_answers(client: Client) -> None:
    page = published(title="Bank sampah keliling")
    with override_settings(ELASTICSEARCH_URL="http://127.0.0.1:9", ELASTICSEARCH_INDEX="test-nobody"):
        html = client.get(page.get_parent().get_parent().url, {"q": "sampah"}).content.decode()
    assert "Bank sampah keliling" in html.replace("<mark>", "").replace("</mark>", "")
    assert html.count("Mesin pencari utama sedang terganggu") == 1
