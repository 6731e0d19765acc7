"""What an adapter may decide: which columns there are, how they are converted, whether records go live."""

from dataclasses import replace

import pytest

from directory.imports.adapter import Column
from directory.imports.adapters import ADAPTERS
from directory.imports.run import run_import
from directory.models import InnovationPage
from search.models import SearchDocument
from tests.directory.imports.conftest import GOOD, Write, problems

GENERAL = ADAPTERS["general"]
DRAFTS = replace(GENERAL, publish=False)


def test_records_of_a_source_that_awaits_validation__arrive_as_drafts(portal, write: Write):
    path = write([{}])
    assert run_import(DRAFTS, path, commit=True, index=portal).counts == {"create": 1}
    page = InnovationPage.objects.get()
    assert not page.live
    assert page.has_unpublished_changes
    assert page.revisions.get() == page.latest_revision
    assert page.live_revision is None
    assert not SearchDocument.objects.filter(type="innovation").exists()
    assert run_import(DRAFTS, path, commit=True, index=portal).counts == {"unchanged": 1}


def test_draft__is_updated_as_a_draft_and_keeps_what_an_editor_wrote(portal, write: Write):
    run_import(DRAFTS, write([{}]), commit=True, index=portal)
    draft = InnovationPage.objects.get()
    draft.summary = "Ditulis editor."
    draft.save_revision()
    path = write([{"year": "2022", "summary_id": "Dari sumber.", "award": ""}])
    assert run_import(DRAFTS, path, commit=True, index=portal).counts == {"conflict": 1}
    page = InnovationPage.objects.get()
    draft = page.get_latest_revision_as_object()
    assert not page.live
    assert (draft.year, draft.summary, draft.awards.count()) == (2022, "Ditulis editor.", 0)


def test_value_map__converts_or_refuses_with_its_message(portal, write: Write):
    def era(text: str) -> str:
        if not text.startswith("tahun "):
            raise ValueError("harus diawali “tahun”.")
        return text.removeprefix("tahun ")

    columns = [column for column in GENERAL.columns if column.name != "year"]
    adapter = replace(GENERAL, columns=(*columns, Column("Tahun", "year", aliases=("year",), convert=era)))
    path = write([{"year": "tahun 2019"}, {"title": "Lain", "year": "2019"}])
    summary = run_import(adapter, path, commit=True, index=portal)
    assert summary.counts == {"create": 1, "refused": 1}
    assert problems(summary) == [(3, "Tahun")]
    assert InnovationPage.objects.get().year == 2019


@pytest.mark.parametrize("name", ADAPTERS)
def test_adapter__is_registered_under_its_name_and_claims_once(name):
    adapter = ADAPTERS[name]
    claims = [column.claim for column in adapter.columns if column.claim]
    assert adapter.name == name
    assert adapter.own or {"title", "owner"} <= set(claims)
    assert len(claims) == len(set(claims))
    assert {column.name for column in GENERAL.columns} >= set(GOOD)
