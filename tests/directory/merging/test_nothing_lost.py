"""Whatever two records hold: merging loses no row of theirs and leaves none without its page."""

from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from directory.merging.merge import merge
from directory.models import (
    Award,
    Confirmation,
    FormerName,
    InnovationPage,
    Merge,
    SourceRecord,
    Validation,
    Verification,
)
from taxonomy.models import AwardProgramme
from tests.factories import directory as factory
from tests.factories.home import make_home

NAMES = st.lists(st.sampled_from(["Bidan", "BIDAN", "Dukun", "Perahu", "Sapa Warga"]), max_size=4)
RANKS = st.sampled_from(["Top 45", "top 45", "Top 99"])
EVIDENCE = st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"))
RECORD = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Bidan", "Dukun", "Perahu", "Bidan dan Dukun"]),
        "names": NAMES,
        "awards": st.lists(st.tuples(RANKS, st.sampled_from([None, 2020])), max_size=4),
        "evidence": st.lists(EVIDENCE, max_size=3, unique_by=lambda row: row[0]),
        "sources": st.integers(0, 2),
        "confirmations": st.integers(0, 2),
        "validations": st.integers(0, 1),
        "live": st.booleans(),
    }
)
EMPTY: dict[str, Any] = {
    "title": "Bidan",
    "names": [],
    "awards": [],
    "evidence": [],
    "sources": 0,
    "confirmations": 0,
    "validations": 0,
    "live": True,
}
HISTORY = (SourceRecord, Validation, Confirmation, Verification)


class TestNothingIsLost(TestCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(RECORD, RECORD)
    @example(
        # Two rows of the one that say the same, and another of the other under the id of the first.
        {**EMPTY, "evidence": [("a", "x"), ("b", "x")]},
        {**EMPTY, "evidence": [("a", "y")]},
    )
    def test_merge__of_any_two_records(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        make_home()
        kept, gone = made({**one, "live": one["live"] or other["live"]}, "a"), made(other, "b")
        before = {model: set(model.objects.values_list("pk", flat=True)) for model in HISTORY}
        said = [current(kept), current(gone)]
        merge(kept.pk, gone.pk)
        page = InnovationPage.objects.get()
        content = current(page)
        for model, rows in before.items():
            assert set(model.objects.filter(page=page).values_list("pk", flat=True)) == rows
            assert not model.objects.exclude(page=page).exists()
        assert names(content) == names(said[0]) | names(said[1])
        assert awards(content) == awards(said[0]) | awards(said[1])
        assert indicators(content) == indicators(said[0]) | indicators(said[1])
        ids = [row["id"] for row in content.evidence.raw_data]
        assert len(ids) == len(set(ids))
        for model in (Award, FormerName):
            assert not model.objects.exclude(page=page).exists()
        assert Merge.objects.get().page == page
        assert content.title == said[0].title


def made(record: dict[str, Any], mark: str) -> InnovationPage:
    page = factory.innovation(
        title=record["title"],
        live=record["live"],
        evidence=[factory.evidence_row(block_id, indicator=name) for block_id, name in record["evidence"]],
    )
    page.former_names = [FormerName(name=name) for name in record["names"]]
    programme = factory.reference(AwardProgramme, "kipp")
    page.awards = [Award(programme=programme, rank=rank, year=year) for rank, year in record["awards"]]
    revision = page.save_revision()
    if record["live"]:
        revision.publish()
    for number in range(record["sources"]):
        SourceRecord.objects.create(page=page, source="kipp", record_id=f"{mark}-{number}")
    for _number in range(record["confirmations"]):
        Confirmation.objects.create(page=page, status="running")
    for _number in range(record["validations"]):
        Validation.objects.create(page=page, source="kipp")
    for block_id, _name in record["evidence"]:
        Verification.objects.create(page=page, block_id=block_id, content_hash="0" * 64)
    return InnovationPage.objects.get(pk=page.pk)


def current(page: InnovationPage) -> InnovationPage:
    return page.get_latest_revision_as_object()


def names(page: InnovationPage) -> set[str]:
    return {page.title.casefold(), *(former.name.casefold() for former in page.former_names.all())}


def awards(page: InnovationPage) -> set[tuple[str, int | None]]:
    return {(award.rank.casefold(), award.year) for award in page.awards.all()}


def indicators(page: InnovationPage) -> set[str]:
    return {row["value"]["indicator"] for row in page.evidence.raw_data}
