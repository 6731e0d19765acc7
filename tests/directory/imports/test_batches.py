"""Imports that are kept: stopped anywhere they go on from there, and one of a source runs at a time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.imports import batches
from directory.imports.applying import Applier
from directory.models import DirectoryIndexPage, ImportBatch, ImportRow, InnovationPage, SourceRecord
from search.models import SearchDocument
from tests.directory.imports.conftest import Write
from tests.factories.directory import erase

ROWS = [
    {"title": "Satu", "id": "1"},
    {"title": "Dua", "id": "2", "province_code": "99"},
    {"title": "Tiga", "id": "3"},
    {"title": "Empat", "id": "4", "institution": "Kerajaan Antah Berantah"},
    {"title": "Lima", "id": "5", "award": "Sangat bagus"},
    {"title": "Enam", "id": "1"},
    {"title": "Tujuh", "id": "7"},
]
HEADER = (
    *("id", "title", "institution", "province_code", "province", "year", "award", "sector"),
    *("summary_id", "source_url"),
)


class StoppedError(Exception):
    """What a killed process looks like from inside."""


@pytest.fixture
def file(portal: DirectoryIndexPage, write: Write) -> Path:
    return write(ROWS, header=HEADER)


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "CHUNK", 2)


def planned(file: Path, source: str = "general") -> ImportBatch:
    batch = batches.receive(source, file, file.name)
    batches.make_plan(batch)
    return batch


def state() -> dict[str, Any]:
    """All an import leaves behind, without what differs from one run to the next."""
    pages = InnovationPage.objects.order_by("title")
    return {
        "pages": [(p.title, p.live, p.get_parent().slug, p.year, p.revisions.count()) for p in pages],
        "sources": sorted(SourceRecord.objects.values_list("source", "record_id")),
        "found": sorted(
            str(one["id"]) for one in SearchDocument.objects.values_list("texts__title", flat=True)
        ),
        "rows": [
            (row.number, row.action, row.outcome, bool(row.page_id), len(row.problems))
            for row in ImportRow.objects.order_by("number")
        ],
    }


def clear() -> None:
    ImportBatch.objects.all().delete()
    erase(InnovationPage.objects.all())


def test_plan__is_kept_and_writes_nothing(file: Path) -> None:
    batch = planned(file)
    assert batch.state == "planned"
    assert [row.action for row in batch.rows.all()] == [
        *("create", "refused", "create", "create", "create", "refused", "create"),
    ]
    assert batch.rows.get(number=3).problems[0][0] == "province_code"
    assert not InnovationPage.objects.exists()


def test_apply__marks_every_row_and_finishes(file: Path) -> None:
    batch = planned(file)
    batches.begin(batch)
    assert batches.apply_some(batch) is False
    assert (batch.state, batch.rows.filter(outcome="").count()) == ("done", 0)
    assert {row.page.title for row in batch.rows.filter(outcome="create")} == {
        *("Satu", "Tiga", "Empat", "Lima", "Tujuh"),
    }


@pytest.fixture
def interrupted_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """`interrupted_at(n)`: the process dies once, before the n-th row is written."""
    write_row = Applier._apply_row
    left = [0]

    def apply_row(self: Applier, row: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise StoppedError
        write_row(self, row)

    def at(row: int) -> None:
        left[0] = row

    monkeypatch.setattr(Applier, "_apply_row", apply_row)
    return at


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stops=st.lists(st.integers(1, 6), max_size=3), step=st.sampled_from([None, 1, 2]))
def test_apply__interrupted_at_any_rows_ends_in_the_same_state(
    file: Path,
    small_chunks: None,
    interrupted_at: Callable[[int], None],
    stops: list[int],
    step: int | None,
) -> None:
    clear()
    batch = planned(file)
    batches.begin(batch)
    while batches.apply_some(batch):
        pass
    whole = state()
    clear()
    batch = planned(file)
    batches.begin(batch)
    for stop in stops:
        interrupted_at(stop)
        try:
            while batches.apply_some(batch, step):
                pass
        except StoppedError:
            continue
    interrupted_at(0)
    while batches.apply_some(batch, step):
        pass
    assert state() == whole
    # And the same file once more changes nothing.
    before = state() | {"rows": []}
    ImportBatch.objects.all().delete()
    again = planned(file)
    batches.begin(again)
    while batches.apply_some(again):
        pass
    assert again.outcomes()["unchanged"] == 5
    assert state() | {"rows": []} == before


def test_plan__interrupted_begins_anew(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = batches.receive("general", file, file.name)
    batches.make_plan(batch)
    kept = batch.rows.count()
    ImportBatch.objects.filter(pk=batch.pk).update(state="planning")
    batches.make_plan(batch)
    assert batch.rows.count() == kept


def test_plan__of_an_unreadable_file_says_why(portal: DirectoryIndexPage, tmp_path: Path) -> None:
    path = tmp_path / "uji.csv"
    path.write_text("a;b\n1;2\n")
    batch = planned(path)
    assert batch.state == "failed"
    assert batch.error.startswith("uji.csv: kolom yang wajib ada tidak ditemukan")


def test_plan__given_up_meanwhile_stays_so(file: Path) -> None:
    batch = batches.receive("general", file, file.name)
    assert batches.cancel(batch)
    batches.make_plan(batch)
    assert batch.state == "cancelled"
    assert batches.apply_some(batch) is False
    assert not InnovationPage.objects.exists()


def test_begin__one_of_a_source_at_a_time(file: Path) -> None:
    first, second = planned(file), planned(file)
    batches.begin(first)
    with pytest.raises(batches.ImportBusyError, match=r"sedang ditulis: “uji.csv”"):
        batches.begin(second)
    other = planned(file)
    ImportBatch.objects.filter(pk=other.pk).update(source="iga")
    other.refresh_from_db()
    batches.begin(other)
    while batches.apply_some(first):
        pass
    batches.begin(second)


def test_apply__two_at_once_write_no_row_twice(file: Path, small_chunks: None) -> None:
    batch = planned(file)
    batches.begin(batch)
    same = ImportBatch.objects.get(pk=batch.pk)
    while batches.apply_some(batch, 1) | batches.apply_some(same, 1):
        pass
    assert sorted(InnovationPage.objects.values_list("title", flat=True)) == [
        *("Empat", "Lima", "Satu", "Tiga", "Tujuh"),
    ]


def test_command__refuses_while_another_runs_and_goes_on_with_its_own(
    file: Path, write: Write, capsys: pytest.CaptureFixture[str], interrupted_at: Callable[[int], None]
) -> None:
    interrupted_at(3)
    with pytest.raises(StoppedError):
        call_command("import_innovations", "general", file, commit=True)
    other = write([{"title": "Lain", "id": "9"}], header=HEADER, name="lain.csv")
    with pytest.raises(CommandError, match="sedang ditulis") as caught:
        call_command("import_innovations", "general", other, commit=True)
    assert caught.value.returncode == 2
    with pytest.raises(SystemExit) as exit_code:
        call_command("import_innovations", "general", file, commit=True)
    assert exit_code.value.code == 1
    assert "dilanjutkan" in capsys.readouterr().out
    assert InnovationPage.objects.count() == 5
    assert not ImportBatch.objects.filter(state="applying").exists()


def test_file__is_kept_and_not_served(file: Path, client: Any) -> None:
    batch = planned(file)
    assert batch.file.open().read() == file.read_bytes()
    assert client.get(batch.file.url, follow=True).status_code == 404
