"""Similar innovations on a profile: which, why, and in few queries."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.choices import OperationalStatus
from directory.models import InnovationPage
from search import index
from tests.factories import directory as factory
from tests.factories.home import make_home
from tests.factories.search import document
from tests.factories.taxonomy import SectorFactory

pytestmark = pytest.mark.django_db

QUERIES = 18


@pytest.fixture(autouse=True)
def site() -> Iterator[None]:
    make_home()
    cache.clear()
    # Others, about something else: so that words can be rare.
    index.store_many(document(f"Perpustakaan keliling nomor{n}") for n in range(40))
    yield
    cache.clear()


def published(**fields: object) -> InnovationPage:
    page = factory.innovation(**fields)
    page.save_revision().publish()
    index.recount_words()
    return InnovationPage.objects.get(pk=page.pk)


def shown(client: Client, page: InnovationPage) -> str:
    html = client.get(page.url).content.decode()
    return html[html.index('id="serupa"') : html.index("</section>", html.index('id="serupa"'))]


def test_similar__named_with_the_reason(client: Client) -> None:
    health = SectorFactory(name_id="Kesehatan uji")
    page = published(title="Jemput bola periksa stunting", summary="Balita ditimbang di rumah")
    other = published(title="Kader timbang balita cegah stunting", summary="Kader datang ke rumah")
    for each in (page, other):
        each.sectors.set([health])
        each.save_revision().publish()
    html = shown(client, page)
    assert other.title in html
    assert page.title not in html
    assert "Sama-sama tentang" in html
    assert "stunting" in html[html.index("Sama-sama tentang") :]
    assert "sektor sama: Kesehatan uji" in html
    assert "lang=" not in html
    # Readers of English are told which words are none of theirs.
    html = client.get(page.address_instead("en")).content.decode()
    assert '<span lang="id">stunting</span>' in html[html.index('id="serupa"') :]


@pytest.mark.parametrize("how", ["unpublished", "stopped", "unlike"])
def test_similar__left_out(client: Client, how: str) -> None:
    page = published(title="Jemput bola periksa stunting", summary="Balita ditimbang di rumah")
    other = published(
        title="Sekolah lapang petani" if how == "unlike" else "Kader timbang balita cegah stunting",
        summary="Uraian lain" if how == "unlike" else "Kader datang ke rumah",
    )
    if how == "unpublished":
        other.unpublish()
    if how == "stopped":
        other.operational_status = OperationalStatus.STOPPED
        other.status_reason = "Anggaran habis"
        other.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert 'id="serupa"' not in html
    assert "#serupa" not in html


def test_similar__queries(client: Client) -> None:
    page = published(title="Jemput bola periksa stunting", summary="Balita ditimbang di rumah")
    for number in range(3):
        published(title=f"Kader timbang balita cegah stunting {number}", summary="Kader datang ke rumah")
    client.get(page.url)
    with CaptureQueriesContext(connection) as captured:
        assert "Kader timbang balita" in shown(client, page)
    assert len(captured) <= QUERIES
