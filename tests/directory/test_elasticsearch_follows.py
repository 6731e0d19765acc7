"""Whatever happens to a page reaches Elasticsearch: afterwards the index is as the stored documents are."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, PageViewRestriction

from cms.worker import PortalWorker
from directory.models import Award, InnovationPage
from directory.profile import registration
from search import engines
from search.engines.elasticsearch.connection import Connection
from search.types import Query, Results
from search.upkeep import check, outbox
from taxonomy.models import AwardProgramme
from tests.factories import directory as factory
from tests.factories.home import make_home
from tests.factories.taxonomy import ReformThemeFactory, SectorFactory

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.elasticsearch]


@pytest.fixture(autouse=True)
def site(elasticsearch: Connection) -> Iterator[Connection]:
    make_home()
    cache.clear()
    yield elasticsearch
    cache.clear()


def published(**fields: object) -> InnovationPage:
    page = factory.innovation(**fields)
    page.save_revision().publish()
    return InnovationPage.objects.get(pk=page.pk)


def search(text: str, **more: object) -> Results:
    """What readers get once the worker has been by."""
    connection = Connection.from_settings()
    assert connection is not None
    while DBTaskResult.objects.ready().exists():
        PortalWorker("worker-test").run_tasks()
    outbox.pass_all_on(connection)
    assert check.compare(connection).keys == []
    return engines.engine("elasticsearch").search(Query(text, types=("innovation",), **more))  # type: ignore[arg-type]


def restrict(page: InnovationPage) -> None:
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")


def withdraw_section(page: InnovationPage) -> None:
    page.get_parent().specific.delete()


@pytest.mark.parametrize(
    "take_away",
    [lambda page: page.unpublish(), lambda page: page.delete(), restrict, withdraw_section],
    ids=["unpublished", "deleted", "restricted above", "section deleted"],
)
def test_follows__what_is_withdrawn(take_away: Callable[[InnovationPage], object]) -> None:
    page = published(title="Perahu pustaka gelatik")
    assert search("gelatik").total == 1
    take_away(InnovationPage.objects.get(pk=page.pk))
    assert search("gelatik").total == 0


def test_follows__a_changed_title_and_a_restriction_lifted() -> None:
    page = published(title="Perahu pustaka gelatik")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert search("gelatik").total == 0
    restriction.delete()
    assert search("gelatik").total == 1
    page.title = "Perahu pustaka merpati"
    page.save_revision().publish()
    assert search("gelatik").total == 0
    assert search("merpati").total == 1


def test_follows__a_move() -> None:
    page = published(title="Perahu pustaka gelatik")
    other = factory.directory_section(factory.institution("pemkab-lain"))
    page.move(other, pos="last-child")
    (hit,) = search("gelatik").hits
    assert other.slug in hit.data["url"]["id"]


def test_follows__renamed_institution_and_sector() -> None:
    page = published(title="Perahu pustaka gelatik")
    sector = SectorFactory(name_id="Perpustakaan uji")
    page.sectors.set([sector])
    page.save_revision().publish()
    institution = page.institution
    assert institution is not None
    institution.name = "Pemerintah Kota Cendrawasih"
    institution.save()
    sector.name_id = "Kearsipan mahoni"
    sector.save()
    assert search("cendrawasih").total == 1
    assert search("mahoni").total == 1


def test_follows__tag_theme_and_award_with_one_publish() -> None:
    page = published(title="Perahu pustaka gelatik")
    page.tags.add("pesisir-kelapa")
    page.reform_themes.set([ReformThemeFactory(code="uji-tema", name_id="Penanganan kabut bakau")])
    programme = AwardProgramme.objects.create(code="uji-award", name_id="Anugerah Trembesi", position=99)
    page.awards.add(Award(programme=programme, year=2024, rank="Top 45"))
    page.save_revision().publish()
    assert search("kelapa").total == 1
    assert search("trembesi").total == 1
    assert search("bakau").total == 1
    assert search("", filters={"theme": ("uji-tema",)}).total == 1
    assert search("", filters={"award": ("uji-award",)}).total == 1


def test_follows__counts_of_replications(monkeypatch: pytest.MonkeyPatch) -> None:
    page = published(title="Perahu pustaka gelatik")
    other = published(title="Rumah data gelatik")
    counts = {page.pk: (7, 2)}
    monkeypatch.setattr(registration, "_counts", [])
    registration.register_replication_counts(lambda pages: counts)
    registration.counts_changed([page.pk])
    first = search("gelatik", sort="replicated").hits[0]
    assert (first.title, first.data["replications"]) == (page.title, 7)
    counts[other.pk] = (8, 8)
    registration.counts_changed([other.pk])
    assert search("gelatik", sort="replicated").hits[0].title == other.title
    with transaction.atomic():
        counts.clear()
        registration.counts_changed([page.pk, other.pk])
        transaction.set_rollback(True)
    assert search("gelatik", sort="replicated").hits[0].data["replications"] == 8


def test_follows__a_change_that_was_rolled_back_does_not() -> None:
    page = published(title="Perahu pustaka gelatik")
    with transaction.atomic():
        page.title = "Perahu pustaka merpati"
        page.save_revision().publish()
        transaction.set_rollback(True)
    assert search("merpati").total == 0
    assert search("gelatik").total == 1
    assert Page.objects.get(pk=page.pk).title == "Perahu pustaka gelatik"
