import uuid
from collections.abc import Callable
from itertools import chain
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction, ReferenceIndex

from directory import search_document
from directory.derived.evidence import content_hash
from directory.models import Confirmation, InnovationPage, SourceRecord, Validation, Verification
from directory.profile import registration
from directory.profile.registration import _counts, counts_changed, register_replication_counts
from directory.search_document import SOURCE
from institutions.models import InstitutionName
from search import index
from search.models import SearchDocument
from search.sources import batched, batches, refresh
from taxonomy.models import Region
from tests.factories import directory as factory
from tests.factories.cms import DocumentFactory
from tests.factories.home import make_home
from tests.queue import queued, run_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site() -> None:
    make_home()


def published(page: InnovationPage | None = None, **fields: object) -> InnovationPage:
    page = page or factory.innovation(**fields)
    page.save_revision().publish()
    return InnovationPage.objects.get(pk=page.pk)


def stored(page: InnovationPage) -> SearchDocument | None:
    return SearchDocument.objects.filter(key=SOURCE.key_of(page.translation_key)).first()


def translated(page: InnovationPage, title: str = "Midwives and healers") -> InnovationPage:
    english = Locale.objects.get_or_create(language_code="en")[0]
    copy = page.copy_for_translation(english, copy_parents=True)
    copy.title = title
    copy.save_revision().publish()
    return InnovationPage.objects.get(pk=copy.pk)


def test_build__full_record() -> None:
    page = published(factory.full_innovation(title="Kemitraan bidan dan dukun"))
    Confirmation.objects.create(page=page, status="running")
    Validation.objects.create(page=page, source="kipp")
    document = search_document.build(page)
    assert document is not None
    assert document.key == f"innovation:{page.translation_key}"
    assert (document.type, document.object_id, document.date) == ("innovation", page.pk, "2020-01-02")
    assert document.texts["title"] == {"id": "Kemitraan bidan dan dukun"}
    for word in (
        "Dinas Kesehatan",
        "Kota 35.78",
        "Provinsi 35",
        "Kesehatan",
        "bidan",
        "Nama sebelum ini",
        "Top 45",
    ):
        assert word in document.texts["keywords"]["id"]
    assert page.problem in document.texts["summary"]["id"]
    assert "Uraian bagian ini. (lessons)" in document.texts["body"]["id"]
    assert "<p>" not in document.texts["body"]["id"]
    assert "Persalinan oleh tenaga kesehatan" in document.texts["body"]["id"]
    assert document.facets == {
        "province": ("35",),
        "region": ("35.78",),
        "institution_kind": ("city",),
        "sector": ("kesehatan",),
        "sdg": ("3",),
        "theme": ("stunting",),
        "year": ("2021",),
        "award": ("kipp",),
        "source": ("kipp",),
        "status": ("running",),
        "phase": ("institutionalisation",),
        "kind": ("non-digital",),
        "evidence": ("2",),
        "cost": ("2",),
        "population": ("4",),
        "island": ("jawa",),
    }
    assert document.data["url"] == {"id": page.url, "en": f"/en/innovations/{page.registry_number}/"}
    assert document.data["awards"] == ["Top 45 KIPP 2021"]
    assert document.data["validated"] is True
    assert document.data["confirmed_at"]


def test_build__bare_record_claims_nothing() -> None:
    page = published()
    document = search_document.build(page)
    assert document is not None
    assert document.facets == {"institution_kind": ("city",), "status": ("unknown",), "evidence": ("0",)}
    assert (document.date, document.data["cost_band"], document.data["validated"]) == ("", "", False)


@pytest.mark.parametrize(
    ("owner", "where"),
    [
        ("Pemerintah Provinsi Jawa Timur", {}),
        ("Dinas Kesehatan JATIM", {}),
        ("Universitas Airlangga", {"id": "Jawa Timur", "en": "Jawa Timur"}),
    ],
)
def test_build__names_the_province_once(owner: str, where: dict[str, str]) -> None:
    region = Region.objects.create(
        code="35",
        name_id="Jawa Timur",
        short_name="Jawa Timur",
        abbreviations=["Jatim"],
        kind="province",
        island_group="jawa",
    )
    page = published(institution=factory.institution("uji", name=owner), region=region)
    document = search_document.build(page)
    assert document is not None
    assert document.data["where"] == where


def test_publish__writes_the_document_and_unpublish_removes_it() -> None:
    page = published(title="Satu")
    assert stored(page).data["title"] == {"id": "Satu"}
    page.title = "Dua"
    page.save_revision().publish()
    assert stored(page).data["title"] == {"id": "Dua"}
    page.unpublish()
    assert stored(page) is None


def test_publish__rolled_back_with_its_transaction() -> None:
    page = published(title="Satu")

    def fail() -> None:
        with transaction.atomic():
            page.title = "Dua"
            page.save_revision().publish()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert stored(page).data["title"] == {"id": "Satu"}


def test_draft__does_not_leak() -> None:
    never = factory.innovation(live=False, title="Rahasia")
    never.save_revision()
    refresh(SOURCE, [never.translation_key])
    assert stored(never) is None
    page = published(title="Terbit")
    page.title, page.problem = "Rahasia", "Rahasia"
    page.save_revision()
    refresh(SOURCE, [page.translation_key])
    assert "Rahasia" not in str(stored(page).texts) + str(stored(page).data)


@pytest.mark.parametrize("level", ["page", "section", "index"])
def test_restriction__takes_out_and_brings_back(level: str) -> None:
    page = published()
    at = {"page": page, "section": page.get_parent(), "index": page.get_parent().get_parent()}[level]
    restriction = PageViewRestriction.objects.create(page=at, restriction_type="login")
    assert stored(page) is None
    assert not index_keys_after_rebuild()
    restriction.delete()
    assert stored(page) is not None


def index_keys_after_rebuild() -> list[str]:
    index.rebuild(["innovation"])
    return list(SearchDocument.objects.values_list("key", flat=True))


@pytest.mark.parametrize("delete", [lambda page: page.delete(), lambda page: page.get_parent().delete()])
def test_delete__removes_the_document(delete: Callable[[InnovationPage], None]) -> None:
    page = published(factory.innovation())
    delete(page)
    assert stored(page) is None


def test_move__changes_the_address() -> None:
    page = published()
    other = factory.directory_section(factory.institution("lain"))
    page.move(other, pos="last-child")
    page = InnovationPage.objects.get(pk=page.pk)
    assert stored(page).data["url"]["id"] == page.url


def test_section_slug__readdresses_its_innovations(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    page = published()
    section = page.get_parent().specific
    section.slug = "nama-baru"
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()
    run_tasks()
    assert "/nama-baru/" in stored(page).data["url"]["id"]


def test_translation__joins_the_document_and_leaves_it() -> None:
    page = published(title="Bidan dan dukun")
    english = translated(page)
    assert stored(page).data["title"] == {"id": "Bidan dan dukun", "en": "Midwives and healers"}
    assert stored(page).data["url"]["en"].startswith("/en/")
    assert stored(page).object_id == page.pk
    english.unpublish()
    assert stored(page).data["title"] == {"id": "Bidan dan dukun"}


def test_translation__goes_with_its_source() -> None:
    page = published()
    translated(page)
    page.unpublish()
    assert stored(page) is None


def test_rows__refresh_the_document() -> None:
    page = published(factory.full_innovation())
    Confirmation.objects.create(page=page, status="stopped")
    assert stored(page).data["confirmed_status"] == "stopped"
    validation = Validation.objects.create(page=page, source="iga")
    assert stored(page).data["validated"] is True
    validation.delete()
    assert stored(page).data["validated"] is False
    SourceRecord.objects.create(page=page, source="iga", record_id="1")
    assert stored(page).facets["source"] == ["iga", "kipp"]


def test_verification__raises_the_level_and_withdrawn_lowers_it() -> None:
    page = published(factory.full_innovation())
    child = page.evidence[0]
    row = Verification.objects.create(page=page, block_id=child.id, content_hash=content_hash(child.value))
    assert stored(page).evidence == 3
    row.delete()
    assert stored(page).evidence == 2


def test_status__of_the_last_confirmation_is_said_everywhere() -> None:
    page = published(operational_status="unknown")
    Confirmation.objects.create(page=page, status="developed")
    assert stored(page).facets["status"] == ["developed"]
    assert stored(page).data["status"] == "developed"
    Confirmation.objects.create(page=page, status="stopped")
    assert stored(page).facets["status"] == ["stopped"]


def test_replaced_file__lowers_the_level_of_what_was_verified_with_it() -> None:
    attached = DocumentFactory()
    page = factory.full_innovation()
    value = {**page.evidence.raw_data[0]["value"], "document": attached.pk}
    page.evidence = [{"type": "evidence", "id": page.evidence[0].id, "value": value}]
    page = published(page)
    Verification.objects.create(
        page=page, block_id=page.evidence[0].id, content_hash=content_hash(page.evidence[0].value)
    )
    assert stored(page).evidence >= 3
    ReferenceIndex.create_or_update_for_object(page)  # the worker's part
    attached.file.save("lain.pdf", ContentFile(b"lain"), save=False)
    attached.file_hash = ""
    attached.save()
    (task,) = queued("directory.tasks.")
    task.task.func(*task.args_kwargs["args"])
    assert stored(page).evidence == 2


def test_source_published__takes_the_level_of_its_translations_along() -> None:
    page = published(factory.full_innovation())
    english = translated(page)
    assert english.evidence_level == 2
    page.evidence = []
    page.save_revision().publish()
    english.refresh_from_db()
    assert english.evidence_level == 1
    assert stored(page).evidence == 1


@pytest.mark.parametrize("target", ["region", "institution", "other-name", "sector", "tag"])
def test_rename__reindexes_in_one_task(target: str) -> None:
    page = published(factory.full_innovation())
    published(factory.full_innovation())
    queued().delete()
    if target == "other-name":
        InstitutionName.objects.create(institution=page.institution, name="Namabaru")
    elif target == "institution":
        page.institution.name = "Namabaru"
        page.institution.save()
    else:
        row = {"region": page.region, "sector": page.sectors.first(), "tag": page.tags.first()}[target]
        setattr(row, "name" if target == "tag" else "name_id", "Namabaru")
        row.save()
    assert queued().count() == 1
    run_tasks()
    assert "Namabaru" in stored(page).texts["keywords"]["id"]


def test_rename__of_what_nobody_uses_queues_nothing() -> None:
    region = factory.region("36.71")
    region.name_id = "Lain"
    region.save()
    assert not queued().exists()


def test_counts__come_from_the_registered_app() -> None:
    page = published()
    before = list(_counts)
    register_replication_counts(lambda ids: dict.fromkeys(ids, (4, 3)))
    try:
        document = search_document.build(page)
    finally:
        _counts[:] = before
    assert document is not None
    assert (document.replications, document.data["replications_running"]) == (4, 3)


def test_counts__told_of_a_change_are_written_in_a_constant_number_of_queries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = [published(title=f"Kopi {number}") for number in range(6)]
    draft = factory.innovation(title="Rancangan", live=False)
    counts = dict.fromkeys((page.pk for page in pages), (4, 3))
    monkeypatch.setattr(registration, "_counts", [])
    register_replication_counts(lambda ids: counts)

    def queries(ids: list[int]) -> int:
        with CaptureQueriesContext(connection) as captured:
            counts_changed(ids)
        # Reading and locking; each document is then written by itself.
        return sum(query["sql"].startswith("SELECT") and "search_" not in query["sql"] for query in captured)

    assert queries([pages[0].pk]) == queries([page.pk for page in pages[1:]])
    assert {stored(page).replications for page in pages} == {4}
    assert stored(pages[0]).data["replications_running"] == 3
    counts[pages[0].pk] = (0, 0)
    counts_changed([pages[0].pk, draft.pk, 10**9])
    assert (stored(pages[0]).replications, stored(pages[1]).replications) == (0, 4)
    assert not SearchDocument.objects.filter(object_id=draft.pk).exists()


def test_stream__queries_do_not_grow_with_records() -> None:
    def measured(records: int) -> int:
        while InnovationPage.objects.count() < records:
            factory.full_innovation()
        with CaptureQueriesContext(connection) as queries:
            assert len(list(chain.from_iterable(batches(SOURCE)))) == records
        return len(queries)

    few = measured(3)
    assert measured(9) == few
    assert few <= 17  # one of them waits for those who write


def test_stream__chunks() -> None:
    for _ in range(5):
        factory.innovation()
    keys = [document.key for batch in batches(SOURCE, 2) for document in batch]
    assert len(keys) == len(set(keys)) == 5


def test_batched__writes_once_at_the_end() -> None:
    page = published(title="Satu")
    with batched():
        InnovationPage.objects.filter(pk=page.pk).update(title="Dua")
        refresh(SOURCE, [page.translation_key])
        assert stored(page).data["title"] == {"id": "Satu"}
    assert stored(page).data["title"] == {"id": "Dua"}


def test_batched__writes_nothing_after_a_failure() -> None:
    page = published(title="Dua")

    def fail() -> None:
        with batched():
            InnovationPage.objects.filter(pk=page.pk).update(title="Tiga")
            refresh(SOURCE, [page.translation_key])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert stored(page).data["title"] == {"id": "Dua"}


def test_refresh__unknown_key_is_no_error() -> None:
    refresh(SOURCE, [uuid.uuid4()])
    assert not SearchDocument.objects.exists()
