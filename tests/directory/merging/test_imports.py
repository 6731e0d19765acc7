"""After a merge each source rules what it brought: the next import makes no false conflict."""

from pathlib import Path
from typing import Any

import pytest

from directory.imports import batches
from directory.merging.merge import merge
from directory.models import DirectoryIndexPage, DuplicatePair, ImportBatch, InnovationPage
from tests.directory.imports.conftest import Import, Write, general, portal, write
from tests.directory.imports.files import KIPP_ROW, write_xlsx
from tests.queue import run_tasks

__all__ = ["general", "portal", "write"]  # the small portal of the importer's tests

OTHER = KIPP_ROW | {
    "judul": "TEROPONG JIWA RAYA",
    "ringkasan": "Ringkasan KIPP.",
    "kebaruan": "Terapi kerja.",
}


def kipp(folder: Path, **changes: Any) -> ImportBatch:
    """Imports the row as a new one, however much it resembles others."""
    path = write_xlsx(folder / "kipp.xlsx", [OTHER | changes])
    batch = batches.receive("kipp", path, path.name)
    batches.make_plan(batch)
    row = batch.rows.get()
    if row.action == "duplicate":
        batches.decide(row, "new")
    batches.begin(batch)
    while batches.apply_some(batch):
        pass
    return batch


@pytest.fixture
def both(general: Import, write: Write, tmp_path: Path) -> tuple[InnovationPage, InnovationPage]:
    general(write([{}]))
    kipp(tmp_path)
    live, draft = InnovationPage.objects.order_by("pk")
    return live, draft


def outcome(batch: ImportBatch) -> str:
    return batch.rows.get().outcome


@pytest.mark.parametrize("published", [False, True])
def test_next_import__of_both_sources_is_unchanged(
    both: tuple[InnovationPage, InnovationPage],
    general: Import,
    write: Write,
    tmp_path: Path,
    published: bool,
) -> None:
    kept, other = both
    if published:
        other.get_latest_revision().publish()
    merge(kept.pk, other.pk)
    page = InnovationPage.objects.get()
    assert sorted(page.source_records.values_list("source", flat=True)) == ["kipp", "other"]
    assert outcome(kipp(tmp_path)) == "unchanged"
    assert general(write([{}])).counts == {"unchanged": 1}
    assert InnovationPage.objects.get().latest_revision_id == page.latest_revision_id


def test_next_import__each_source_rules_what_it_brought(
    both: tuple[InnovationPage, InnovationPage], general: Import, write: Write, tmp_path: Path
) -> None:
    kept, other = both
    merge(kept.pk, other.pk)
    assert outcome(kipp(tmp_path, kebaruan="Lebih baru.", ringkasan="Lain lagi.")) == "update"
    page = InnovationPage.objects.get()
    assert "Lebih baru." in str(page.narrative)
    assert page.summary == "Terapi kerja bagi ODGJ yang sudah stabil."
    assert general(write([{"summary_id": "Baru dari sumber umum."}])).counts == {"update": 1}
    assert InnovationPage.objects.get().summary == "Baru dari sumber umum."
    # Both said something of the awards: nobody replaces the other's.
    awards = [str(award) for award in page.awards.all()]
    assert general(write([{"award": "", "summary_id": "Baru dari sumber umum."}])).counts["conflict"] == 0
    assert [str(award) for award in InnovationPage.objects.get().awards.all()] == awards


def test_next_import__of_a_source_that_left_a_field_empty_is_no_conflict(
    general: Import, write: Write, tmp_path: Path, portal: DirectoryIndexPage
) -> None:
    general(write([{"summary_id": "", "sector": "", "award": "", "year": ""}]))
    kipp(tmp_path)
    kept, other = InnovationPage.objects.order_by("pk")
    merge(kept.pk, other.pk)
    page = InnovationPage.objects.get()
    assert (page.summary, page.awards.count()) == ("Ringkasan KIPP.", 1)
    unchanged = general(write([{"summary_id": "", "sector": "", "award": "", "year": ""}]))
    assert unchanged.counts == {"unchanged": 1}
    assert outcome(kipp(tmp_path)) == "unchanged"


def test_import__sets_the_search_for_pairs_going(general: Import, write: Write, tmp_path: Path) -> None:
    general(write([{}]))
    path = write_xlsx(tmp_path / "kipp.xlsx", [OTHER])
    batch = batches.receive("kipp", path, path.name)
    batches.make_plan(batch)
    batches.decide(batch.rows.get(), "new")
    batches.begin(batch)
    from directory import tasks

    tasks.apply_import.enqueue(batch.pk)
    run_tasks("directory.tasks.")
    assert DuplicatePair.objects.count() == 1
