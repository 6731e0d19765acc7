"""Rows that resemble records of other sources: they wait for a person, and merging loses nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.imports import batches
from directory.models import Confirmation, DirectoryIndexPage, ImportBatch, InnovationPage
from tests.directory.imports.conftest import GOOD, HEADER, Import, Write
from tests.directory.imports.files import KIPP_ROW, write_xlsx
from tests.directory.imports.test_admin import see, user_with
from tests.queue import run_tasks

OTHER_WAY = KIPP_ROW | {
    "judul": "TEROPONG JIWA!",
    "kebaruan": "Kerja sebagai terapi.",
    "ringkasan": "Ringkasan lain dari KIPP.",
    "peringkat": "Top 45",
    "tahun": 2021,
}


@pytest.fixture
def known(general: Import, write: Write) -> InnovationPage:
    """A record the general source has brought, confirmed since."""
    general(write([GOOD], header=HEADER))
    page = InnovationPage.objects.get()
    Confirmation.objects.create(page=page, status="running")
    return page


def planned(folder: Path, **changes: Any) -> ImportBatch:
    path = write_xlsx(folder / "kipp.xlsx", [OTHER_WAY | changes])
    batch = batches.receive("kipp", path, path.name)
    batches.make_plan(batch)
    return batch


def apply(batch: ImportBatch) -> None:
    batches.begin(batch)
    while batches.apply_some(batch):
        pass


def test_row_like_another_sources__waits_and_says_why(known: InnovationPage, tmp_path: Path) -> None:
    batch = planned(tmp_path)
    row = batch.rows.get()
    assert row.action == "duplicate"
    (pk, title, score, why) = row.duplicates[0]
    assert (pk, title) == (known.pk, "Teropong Jiwa")
    assert score > 90
    assert "pemilik sama" in why
    apply(batch)
    row.refresh_from_db()
    assert (batch.state, row.outcome, InnovationPage.objects.count()) == ("done", "duplicate", 1)


def test_row_of_the_same_source__is_compared_with_none(
    known: InnovationPage, general: Import, write: Write
) -> None:
    assert general(write([{"title": "Teropong Jiwa Raya"}])).counts == {"create": 1}


def test_merge__keeps_both_sources_and_loses_nothing(known: InnovationPage, tmp_path: Path) -> None:
    batch = planned(tmp_path)
    assert batches.decide(batch.rows.get(), "merge", known.pk)
    apply(batch)
    page = InnovationPage.objects.get()
    assert batch.rows.get().outcome == "merge"
    assert sorted(page.source_records.values_list("source", "record_id")) == [
        ("kipp", "K-1"),
        ("other", page.source_records.get(source="other").record_id),
    ]
    assert (page.title, page.summary) == ("Teropong Jiwa", GOOD["summary_id"])
    assert {row["type"] for row in page.narrative.raw_data} >= {"novelty", "background"}
    assert [(award.year, award.rank) for award in page.awards.all()] == [(2020, "Top 99"), (2021, "Top 45")]
    assert [former.name for former in page.former_names.all()] == ["TEROPONG JIWA!"]
    assert page.confirmations.count() == 1
    assert page.live


def test_merge__afterwards_each_source_rules_what_it_brought(
    known: InnovationPage, general: Import, write: Write, tmp_path: Path
) -> None:
    batch = planned(tmp_path)
    batches.decide(batch.rows.get(), "merge", known.pk)
    apply(batch)
    assert planned(tmp_path).counts()["unchanged"] == 1
    changed = planned(tmp_path, kebaruan="Lebih baru.", ringkasan="KIPP lain lagi.")
    apply(changed)
    page = InnovationPage.objects.get()
    assert "Lebih baru." in str(page.narrative.raw_data[1]["value"])
    assert page.summary == GOOD["summary_id"]
    assert general(write([{"summary_id": "Baru dari sumber umum."}])).counts == {"update": 1}


def test_decision__new_writes_a_record_of_its_own_even_later(known: InnovationPage, tmp_path: Path) -> None:
    batch = planned(tmp_path)
    apply(batch)
    assert batches.decide(batch.rows.get(), "new")
    apply(batch)
    assert batch.rows.get().outcome == "create"
    assert InnovationPage.objects.count() == 2
    assert not batches.decide(batch.rows.get(), "new")


def test_decision__only_for_the_records_it_resembles(known: InnovationPage, tmp_path: Path) -> None:
    row = planned(tmp_path).rows.get()
    assert not batches.decide(row, "merge", known.pk + 1)
    assert row.decision == ""


def test_merge__into_a_page_being_edited_is_refused_with_the_reason(
    known: InnovationPage, tmp_path: Path
) -> None:
    known.partners = "Sedang ditulis"
    known.save_revision()
    batch = planned(tmp_path)
    batches.decide(batch.rows.get(), "merge", known.pk)
    apply(batch)
    row = batch.rows.get()
    assert row.outcome == "refused"
    assert "sedang disunting" in row.problems[-1][1]
    assert InnovationPage.objects.get().source_records.count() == 1


def test_admin__compares_side_by_side_and_takes_the_decision(
    known: InnovationPage, client: Client, tmp_path: Path, portal: DirectoryIndexPage
) -> None:
    client.force_login(user_with("kipp"))
    batch = planned(tmp_path)
    assert "mirip, menunggu putusan (1)" in see(client, batch)
    url = reverse("imports:compare", args=[batch.pk, 2])
    html = client.get(url).content.decode()
    assert "Ringkasan lain dari KIPP." in html
    assert GOOD["summary_id"] in html
    client.post(url, {"page": "9" * 30})
    client.post(url, {"page": str(known.pk)})
    assert "Diputuskan: inovasi yang sama." in see(client, batch)
    client.post(reverse("imports:apply", args=[batch.pk]))
    run_tasks("directory.tasks.")
    assert "digabung (1)" in see(client, batch)
    assert InnovationPage.objects.count() == 1
