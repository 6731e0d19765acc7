"""Whole rows or none: interrupted, disturbed, repeated; and any rows at all."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.imports import applying
from directory.imports.adapters import ADAPTERS
from directory.imports.applying import Applier
from directory.imports.field_kinds import References
from directory.imports.planning import plan
from directory.imports.recognition import Recogniser
from directory.imports.run import make_record
from directory.imports.types import RawRow
from directory.models import InnovationPage, SourceRecord
from search.models import SearchDocument
from tests.directory.imports.conftest import GOOD, HEADER, Import, Write
from tests.factories.directory import erase

GENERAL = ADAPTERS["general"]


def is_whole() -> bool:
    """Every page has its source row, its revision and its document, and nothing lies about."""
    pages = InnovationPage.objects.all()
    return (
        pages.count()
        == SourceRecord.objects.count()
        == SearchDocument.objects.filter(type="innovation").count()
        and all(page.revisions.count() == 1 and page.source_records.count() == 1 for page in pages)
        and InnovationPage.find_problems() == ([], [], [], [], [])
    )


@pytest.mark.parametrize("stop_at", range(7))
def test_interrupted_anywhere__leaves_whole_rows_and_ends_the_same(general, write, monkeypatch, stop_at):
    path = write([{"title": f"Inovasi {number}"} for number in range(7)])
    real, calls = applying.create_page, Counter()

    def create_then_stop(*arguments, **options):
        real(*arguments, **options)
        calls["rows"] += 1
        if calls["rows"] > stop_at:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(applying, "create_page", create_then_stop)
        with pytest.raises(KeyboardInterrupt):
            general(path, chunk=3)
    assert is_whole()
    assert InnovationPage.objects.count() == stop_at // 3 * 3
    general(path, chunk=3)
    assert is_whole()
    assert InnovationPage.objects.count() == 7


def test_row_that_cannot_be_saved__is_refused_alone(general: Import, write: Write, monkeypatch):
    real = InnovationPage.full_clean

    def refuse_one(page, *arguments, **options):
        from django.core.exceptions import ValidationError

        if page.title == "Buruk":
            raise ValidationError({"title": "tidak boleh"})
        real(page, *arguments, **options)

    monkeypatch.setattr(InnovationPage, "full_clean", refuse_one)
    summary = general(write([{}, {"title": "Buruk"}, {"title": "Sesudahnya"}]))
    assert summary.counts == {"create": 2, "refused": 1}
    assert "tidak boleh" in summary.problems[0].message
    assert is_whole()


def test_row_another_import_wrote_meanwhile__is_refused_alone(portal):
    references = References()
    rows = [RawRow(2, dict(GOOD)), RawRow(3, {**GOOD, "title": "Lain"})]

    def planned():
        recogniser = Recogniser(references)
        return [
            row
            for part in plan((make_record(raw, GENERAL, recogniser) for raw in rows), GENERAL, references)
            for row in part
        ]

    first, second = planned(), planned()
    Applier(GENERAL, portal, references).apply(first[:1])
    Applier(GENERAL, portal, references).apply(second)
    assert [row.action for row in second] == ["refused", "create"]
    assert is_whole()


def test_page_edited_between_plan_and_apply__keeps_the_edit(portal, general: Import, write: Write):
    general(write([{}]))
    references = References()
    record = make_record(RawRow(2, {**GOOD, "year": "2022"}), GENERAL, Recogniser(references))
    (planned,) = next(plan([record], GENERAL, references))
    assert planned.action == "update"
    page = InnovationPage.objects.get()
    page.year = 1999
    page.save_revision().publish()
    Applier(GENERAL, portal, references).apply([planned])
    assert planned.action == "conflict"
    assert InnovationPage.objects.get().year == 1999


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
CELLS = {
    "title": TEXT | st.sampled_from(["Teropong Jiwa", "teropong jiwa", "=1+1", "x" * 300, ""]),
    "institution": TEXT | st.sampled_from([GOOD["institution"], "Pemkot Surabaya", "Jawa Timur", "Entah"]),
    "province_code": st.sampled_from(["", "35", "33", "99", "35.10", "x"]),
    "province": TEXT | st.sampled_from(["", "Jawa Timur", "Jawa Tengah", "Nasional"]),
    "year": st.sampled_from(["", "2020", "1800", "²", "MMXX"]),
    "award": TEXT | st.sampled_from(["Top 99 KIPP 2020", "Top 45 KIPP; Finalis KIPP 2021"]),
    "sector": TEXT | st.sampled_from(["Kesehatan", "kesehatan", ""]),
    "summary_id": TEXT,
    "source_url": TEXT | st.sampled_from(["", "https://example.org/a"]),
    "note": TEXT,
}


@given(rows=st.lists(st.fixed_dictionaries(CELLS), max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows__plan_and_apply_and_are_then_unchanged(general: Import, write: Write, rows):
    path = write(rows, [name for name in HEADER if name in CELLS])
    planned = general(path, commit=False).counts
    applied = general(path).counts
    again = general(path).counts
    assert planned == applied
    assert again["refused"] == applied["refused"]
    assert again["unchanged"] == applied["create"] + applied["unchanged"] + applied["update"]
    assert not again["create"]
    assert not again["update"]
    erase(InnovationPage.objects.all())
