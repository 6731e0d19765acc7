"""An import taken back: everything is as before it, whatever stopped it, and nobody's work is lost."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import (
    Locale,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
    Workflow,
    WorkflowState,
)

from accounts.models import User
from contact.models import Enquiry
from directory.imports import batches, reversing
from directory.imports.planning import editable_content
from directory.models import (
    Confirmation,
    DirectoryIndexPage,
    DirectorySectionPage,
    ImportBatch,
    InnovationPage,
    SourceRecord,
    Validation,
)
from guides.models import GuideRelatedInnovation
from institutions.models import InstitutionKind
from search.models import SearchDocument
from tests.directory.imports.conftest import Write
from tests.directory.imports.files import KIPP_ROW, write_xlsx
from tests.directory.imports.test_batches import HEADER, StoppedError
from tests.factories.guides import guide_page
from tests.factories.institutions import InstitutionFactory
from tests.factories.taxonomy import RegencyFactory

ROWS = [
    {"title": "Satu", "id": "1"},
    {"title": "Dua", "id": "2", "summary_id": "Ringkasan dua."},
    {"title": "Tiga", "id": "3", "institution": "Pemerintah Kabupaten Jember"},
    {"title": "Empat", "id": "4", "award": ""},
]
CHANGED = [
    {"title": "Satu", "id": "1", "summary_id": "Ringkasan baru.", "award": "Top 45 KIPP 2021"},
    {"title": "Dua!", "id": "2", "institution": "Pemerintah Kota Surabaya", "note": "x"},
    {"title": "Tiga", "id": "3", "institution": "Pemerintah Kabupaten Jember", "sector": "Pendidikan"},
    {"title": "Empat", "id": "4", "award": "", "confidence": "low"},
    {"title": "Lima", "id": "5"},
    {"title": "Enam", "id": "6", "province_code": "99"},
]
WIDE = (*HEADER, "confidence", "note")
MOVING = {
    "path",
    "url_path",
    "latest_revision",
    "live_revision",
    "latest_revision_created_at",
    "last_published_at",
    "source_published_at",
}


def done(source: str, path: Path) -> ImportBatch:
    batch = batches.receive(source, path, path.name)
    batches.make_plan(batch)
    batches.begin(batch)
    while batches.apply_some(batch):
        pass
    assert batch.state == "done", batch.error
    return batch


def taken_back(batch: ImportBatch, step: int | None = None) -> ImportBatch:
    reversing.begin(batch)
    while reversing.reverse_some(batch, step):
        pass
    return batch


def planned(source: str, path: Path) -> list[Any]:
    """What the file would do now."""
    batch = batches.receive(source, path, path.name)
    batches.make_plan(batch)
    rows = batch.rows.values_list("number", "action", "changes", "conflicts", "duplicates", "problems")
    found = [*rows]
    batches.cancel(batch)
    return found


def snapshot() -> dict[str, Any]:
    """All there is of records, to the last attribute, but for the traces of having been written."""
    pages = InnovationPage.objects.order_by("pk")
    content = [editable_content(page).serializable_data() for page in pages]
    return {
        "pages": [{name: one[name] for name in one if name not in MOVING} for one in content],
        "state": [
            (p.pk, p.live, p.title, p.draft_title, p.slug, p.url_path, p.get_parent().pk, p.completeness)
            for p in pages
        ],
        "sources": [*SourceRecord.objects.order_by("pk").values()],
        "found": [*SearchDocument.objects.order_by("key").values("key", "texts", "data", "facets")],
    }


@pytest.fixture
def first(portal: DirectoryIndexPage, write: Write) -> ImportBatch:
    return done("general", write(ROWS, header=WIDE))


@pytest.fixture
def changed(first: ImportBatch, write: Write) -> Path:
    return write(CHANGED, header=WIDE, name="baru.csv")


@pytest.fixture
def interrupted_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """`interrupted_at(n)`: the process dies once, before the n-th row is taken back."""
    take_back, count = reversing._take_back, [0]

    def stopping(*args: Any) -> str:
        count[0] -= 1
        if count[0] == 0:
            raise StoppedError
        return take_back(*args)

    def at(row: int) -> None:
        count[0] = row

    monkeypatch.setattr(reversing, "_take_back", stopping)
    monkeypatch.setattr(reversing, "CHUNK", 2)
    return at


def test_reverse__of_new_records_leaves_nothing_behind(portal: DirectoryIndexPage, write: Write) -> None:
    path = write(ROWS, header=WIDE)
    plan = planned("general", path)
    batch = taken_back(done("general", path))
    assert batch.state == "reversed"
    assert {row.reversal for row in batch.rows.all()} == {"undone"}
    for model in (InnovationPage, SourceRecord, SearchDocument):
        assert not model.objects.exists()
    assert planned("general", path) == plan


def test_reverse__gives_no_registry_number_again(first: ImportBatch, write: Write) -> None:
    highest = max(InnovationPage.objects.values_list("registry_number", flat=True))
    taken_back(first)
    done("general", write(ROWS, header=WIDE))
    assert min(InnovationPage.objects.values_list("registry_number", flat=True)) > highest


def test_reverse__of_changes_writes_the_old_values_as_one_revision(changed: Path) -> None:
    before, plan = snapshot(), planned("general", changed)
    page = InnovationPage.objects.get(title="Dua")
    revisions = Revision.objects.for_instance(page).count()
    batch = taken_back(done("general", changed))
    page.refresh_from_db()
    assert (page.title, page.live) == ("Dua", True)
    assert Revision.objects.for_instance(page).count() == revisions + 2
    assert page.live_revision_id == page.latest_revision_id
    assert page.latest_revision.as_object().title == "Dua"
    assert snapshot() == before
    assert planned("general", changed) == plan
    assert batch.rows.get(number=7).reversal == ""  # the refused row wrote nothing


def test_reverse__keeps_markup_and_rows_as_they_were(portal: DirectoryIndexPage, tmp_path: Path) -> None:
    done("kipp", write_xlsx(tmp_path / "kipp.xlsx", [KIPP_ROW]))
    page = editable_content(InnovationPage.objects.get())
    for row in page.narrative.raw_data:
        row["value"] = row["value"].replace("Dukun", "<b>Dukun</b>")
    page.tags.add("bidan")
    page.save_revision()
    before = snapshot()
    news = KIPP_ROW | {"kebaruan": "Lain.", "sdgs": "1", "peringkat": "Top 45", "kategori": "Gender"}
    batch = done("kipp", write_xlsx(tmp_path / "lagi.xlsx", [news]))
    assert batch.outcomes()["update"] == 1
    taken_back(batch)
    assert snapshot() == before
    assert "<b>Dukun</b>" in str(editable_content(InnovationPage.objects.get()).narrative.raw_data)


def test_reverse__moves_back_what_moved_to_its_owner(first: ImportBatch, write: Write) -> None:
    before = snapshot()
    unknown = DirectorySectionPage.objects.get(institution=None)
    region = RegencyFactory(code="35.09", short_name="Jember")
    name = "Pemerintah Kabupaten Jember"
    InstitutionFactory(code="gov-35-09", name=name, kind=InstitutionKind.REGENCY, region=region)
    batch = done("general", write(ROWS, header=WIDE, name="lagi.csv"))
    page = InnovationPage.objects.get(title="Tiga")
    assert page.get_parent().pk != unknown.pk
    taken_back(batch)
    page = InnovationPage.objects.get(title="Tiga")
    assert page.get_parent().pk == unknown.pk
    assert snapshot() == before
    assert Page.find_problems() == ([], [], [], [], [])


def test_reverse__undoes_a_merge(first: ImportBatch, tmp_path: Path) -> None:
    page = InnovationPage.objects.get(title="Satu")
    Confirmation.objects.create(page=page, status="running")
    before = snapshot()
    path = write_xlsx(tmp_path / "kipp.xlsx", [KIPP_ROW | {"judul": "SATU!", "peringkat": "Top 45"}])
    batch = batches.receive("kipp", path, path.name)
    batches.make_plan(batch)
    assert batches.decide(batch.rows.get(), "merge", page.pk)
    batches.begin(batch)
    batches.apply_some(batch)
    assert batch.rows.get().outcome == "merge"
    taken_back(batch)
    assert snapshot() == before
    # And the import it was merged into can go as well, once the confirmation does.
    Confirmation.objects.all().delete()
    taken_back(first)
    assert not InnovationPage.objects.exists()


def test_reverse__two_rows_merged_into_one_record_in_turn(first: ImportBatch, tmp_path: Path) -> None:
    page = InnovationPage.objects.get(title="Satu")
    before = snapshot()
    rows = [KIPP_ROW | {"judul": "SATU!"}, KIPP_ROW | {"id": "K-2", "judul": "Satu?", "peringkat": "Top 9"}]
    path = write_xlsx(tmp_path / "kipp.xlsx", rows)
    batch = batches.receive("kipp", path, path.name)
    batches.make_plan(batch)
    for row in batch.rows.all():
        assert batches.decide(row, "merge", page.pk)
    batches.begin(batch)
    batches.apply_some(batch)
    assert batch.outcomes()["merge"] == 2
    taken_back(batch, step=1)
    assert {row.reversal for row in batch.rows.all()} == {"undone"}
    assert snapshot() == before


def test_reverse__several_imports_the_last_one_first(first: ImportBatch, changed: Path, write: Write) -> None:
    second = done("general", changed)
    with pytest.raises(reversing.NotReversibleError) as error:
        reversing.begin(first)
    assert {one.title for one in error.value.touched} == {"Satu", "Dua", "Tiga", "Empat"}
    taken_back(second)
    taken_back(first)
    assert not InnovationPage.objects.exists()


def edit(page: InnovationPage) -> None:
    page.partners = "Baru"
    page.save_revision().publish()


def draft(page: InnovationPage) -> None:
    page.partners = "Baru"
    page.save_revision()


def move(page: InnovationPage) -> None:
    page.move(DirectorySectionPage.objects.exclude(pk=page.get_parent().pk).first(), pos="last-child")


def start_workflow(page: InnovationPage) -> None:
    WorkflowState.objects.create(
        object_id=str(page.pk),
        content_type=page.content_type,
        base_content_type=ContentType.objects.get_for_model(Page),
        workflow=Workflow.objects.create(name="uji"),
        status="in_progress",
        requested_by=User.objects.create_user("pengaju", "a@example.org", "x"),
    )


def second_locale() -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


def relate_to_guide(page: InnovationPage) -> None:
    GuideRelatedInnovation.objects.create(page=guide_page(), innovation=page)


TOUCHES: dict[str, Callable[[InnovationPage], Any]] = {
    "disunting": edit,
    "disunting sejak": draft,
    "diterbitkan atau ditarik": lambda page: page.unpublish(),
    "dipindahkan": move,
    "dikunci": lambda page: Page.objects.filter(pk=page.pk).update(locked=True),
    "alur persetujuan": start_workflow,
    "validasi": lambda page: Validation.objects.create(page=page, source="other"),
    "konfirmasi": lambda page: Confirmation.objects.create(page=page, status="running"),
    "pertanyaan": lambda page: Enquiry.objects.create(page=page, kind="question", message="?"),
    "catatan sumber": lambda page: SourceRecord.objects.create(page=page, source="kipp", record_id="9"),
    "ditulis lagi": lambda page: page.source_records.update(imported_at=timezone.now()),
}
OF_NEW_ONLY = {
    "tautan dari halaman lain": lambda page: ReferenceIndex.objects.create(
        base_content_type=ContentType.objects.get_for_model(Page),
        content_type=page.get_parent().content_type,
        object_id=str(page.get_parent().pk),
        to_content_type=ContentType.objects.get_for_model(Page),
        to_object_id=str(page.pk),
        model_path="body",
        content_path="body",
        content_path_hash=uuid.uuid4(),
    ),
    "terjemahan": lambda page: page.get_parent().add_child(
        instance=InnovationPage(
            title="Two", slug="two", locale=second_locale(), translation_key=page.translation_key
        )
    ),
    "panduan": lambda page: relate_to_guide(page),
    "pembatasan pembaca": lambda page: PageViewRestriction.objects.create(
        page=page, restriction_type="login"
    ),
    "sudah tidak ada": lambda page: (page.source_records.all().delete(), page.delete()),
}


@pytest.mark.parametrize("reason", [*TOUCHES, *OF_NEW_ONLY])
def test_reverse__of_new_records_refused_where_one_was_touched(first: ImportBatch, reason: str) -> None:
    page = InnovationPage.objects.get(title="Dua")
    (TOUCHES | OF_NEW_ONLY)[reason](page)
    before = snapshot()
    with pytest.raises(reversing.NotReversibleError, match="1 catatan dari impor ini disentuh") as error:
        reversing.begin(first)
    (one,) = error.value.touched
    assert (one.number, one.title) == (3, "Dua")
    assert reason in one.why
    first.refresh_from_db()
    assert (first.state, snapshot()) == ("done", before)


@pytest.mark.parametrize("reason", [*TOUCHES])
def test_reverse__of_changes_refused_where_one_was_touched(changed: Path, reason: str) -> None:
    batch = done("general", changed)
    TOUCHES[reason](InnovationPage.objects.get(title="Satu"))
    with pytest.raises(reversing.NotReversibleError) as error:
        reversing.begin(batch)
    assert [one.title for one in error.value.touched] == ["Satu"]
    assert reason in error.value.touched[0].why


def test_reverse__of_changes_does_not_mind_what_was_there_before(first: ImportBatch, write: Write) -> None:
    page = InnovationPage.objects.get(title="Satu")
    Validation.objects.create(page=page, source="other")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    before = snapshot()
    taken_back(done("general", write(CHANGED[:4], header=WIDE)))
    assert snapshot() == before


def test_reverse__touched_after_the_start_is_left_and_said(
    first: ImportBatch, interrupted_at: Callable[[int], None]
) -> None:
    reversing.begin(first)
    reversing.reverse_some(first, 1)
    edit(InnovationPage.objects.get(title="Dua"))
    while reversing.reverse_some(first):
        pass
    assert first.state == "reversed"
    row = first.rows.get(number=3)
    assert (row.reversal, row.page.title) == ("left", "Dua")
    assert "disunting sejak diimpor" in row.problems[-1][1]
    assert [page.title for page in InnovationPage.objects.all()] == ["Dua"]
    assert row.page.source_records.count() == 1


def test_reverse__what_an_editor_had_is_not_overwritten_by_a_conflict_row(
    first: ImportBatch, write: Write
) -> None:
    page = InnovationPage.objects.get(title="Satu")
    page.summary = "Tulisan editor."
    page.save_revision().publish()
    before = snapshot()
    batch = done("general", write(CHANGED, header=WIDE))
    assert batch.rows.get(number=2).outcome == "conflict"
    taken_back(batch)
    assert snapshot() == before
    assert InnovationPage.objects.get(title="Satu").summary == "Tulisan editor."


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stops=st.lists(st.integers(1, 4), max_size=3),
    step=st.sampled_from([None, 1, 3]),
    news=st.lists(st.sampled_from(CHANGED), unique_by=lambda row: row["id"]),
    both=st.booleans(),
)
def test_reverse__interrupted_anywhere_everything_is_as_before(
    portal: DirectoryIndexPage,
    write: Write,
    interrupted_at: Callable[[int], None],
    stops: list[int],
    step: int | None,
    news: list[dict[str, str]],
    both: bool,
) -> None:
    interrupted_at(0)
    for page in InnovationPage.objects.all():
        page.source_records.all().delete()
        page.delete()
    file, other = write(ROWS, header=WIDE), write(news, header=WIDE, name="baru.csv")
    empty = snapshot()
    first = done("general", file)
    before, plan = snapshot(), planned("general", other)
    second = done("general", other)
    undone = [second] if reversing.written(second).exists() else []
    for batch in [*undone, first] if both else undone:
        reversing.begin(batch)
        for stop in stops:
            interrupted_at(stop)
            try:
                while reversing.reverse_some(batch, step):
                    pass
            except StoppedError:
                continue
        interrupted_at(0)
        while reversing.reverse_some(batch, step):
            pass
        assert batch.state == "reversed"
        assert not batch.rows.filter(reversal="left").exists()
    assert snapshot() == (empty if both and first.state == "reversed" else before)
    if not both:
        assert planned("general", other) == plan


def test_begin__not_while_another_of_the_source_is_written(first: ImportBatch, changed: Path) -> None:
    second = batches.receive("general", changed, changed.name)
    batches.make_plan(second)
    batches.begin(second)
    with pytest.raises(batches.ImportBusyError, match=r"sedang ditulis: “baru.csv”"):
        reversing.begin(first)
    ImportBatch.objects.filter(pk=second.pk).update(state="planned")
    reversing.begin(first)
    with pytest.raises(batches.ImportBusyError, match=r"“uji.csv” dari sumber ini sedang dibatalkan"):
        batches.begin(second)


@pytest.mark.parametrize("state", ["planned", "applying", "cancelled", "failed", "reversing", "reversed"])
def test_begin__only_what_is_done(first: ImportBatch, state: str) -> None:
    ImportBatch.objects.filter(pk=first.pk).update(state=state)
    with pytest.raises(reversing.NotReversibleError):
        reversing.begin(first)


def test_begin__not_what_was_written_without_traces(first: ImportBatch) -> None:
    first.rows.update(written_at=None)
    with pytest.raises(reversing.NotReversibleError, match="sebelum portal mencatat"):
        reversing.begin(first)


def test_check__asks_the_same_however_many_rows(first: ImportBatch, write: Write) -> None:
    many = done("general", write([{"title": f"Inovasi {n}", "id": f"n{n}"} for n in range(20)], header=WIDE))
    reversing.check(first)
    counts = []
    for batch in (first, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reversing.check(batch)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_command__takes_back_and_goes_on(
    first: ImportBatch, interrupted_at: Callable[[int], None], capsys: pytest.CaptureFixture[str]
) -> None:
    interrupted_at(3)
    with pytest.raises(StoppedError):
        call_command("reverse_import", str(first.pk))
    assert InnovationPage.objects.count() == 2
    call_command("reverse_import", str(first.pk))
    out = capsys.readouterr().out
    assert "dilanjutkan" in out
    assert "uji.csv: 4 baris dikembalikan." in out
    with pytest.raises(CommandError, match="Hanya impor yang selesai") as error:
        call_command("reverse_import", str(first.pk))
    assert error.value.returncode == 2


def test_command__says_what_stands_in_the_way(first: ImportBatch) -> None:
    edit(InnovationPage.objects.get(title="Dua"))
    with pytest.raises(CommandError, match="baris 3, Dua: halamannya disunting sejak diimpor") as error:
        call_command("reverse_import", str(first.pk))
    assert error.value.returncode == 2
    with pytest.raises(CommandError, match="Impor nomor 999 tidak ada") as error:
        call_command("reverse_import", "999")
    assert error.value.returncode == 2


def test_command__with_records_left_says_so(first: ImportBatch, capsys: pytest.CaptureFixture[str]) -> None:
    reversing.begin(first)
    edit(InnovationPage.objects.get(title="Dua"))
    with pytest.raises(SystemExit) as code:
        call_command("reverse_import", str(first.pk))
    assert code.value.code == 1
    assert "baris 3, Dua: tidak dikembalikan" in capsys.readouterr().err
