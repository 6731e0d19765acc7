"""The 121 real innovations of the project, imported into its real reference tables."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from directory.imports.run import get_adapter, run_import
from directory.models import InnovationPage
from institutions.loading import load_all
from search.models import SearchDocument
from tests.factories.directory import directory_index

FILE = settings.BASE_DIR / "directory" / "data" / "innovations.csv"
LABELS = json.loads(
    (Path(settings.BASE_DIR) / "tests/institutions/labels_121.json").read_text(encoding="utf-8")
)


@pytest.mark.django_db
def test_real_rows__all_live_and_as_labelled_by_hand():
    load_all()
    index = directory_index()
    summary = run_import(get_adapter("general"), FILE, commit=True, index=index)
    assert summary.counts == {"create": 121}
    # What is reported are texts in the award column that are no awards; nothing else is missed.
    assert {problem.column for problem in summary.problems} == {"award"}
    pages = {page.title: page for page in InnovationPage.objects.live()}
    assert len(pages) == 121
    for label in LABELS:
        page = pages[label["title"]]
        assert (page.institution.code if page.institution else None) == label["institution"]
        assert (page.region.code if page.region else None) == label["region"]
        found = [[award.programme.code, award.year, award.rank] for award in page.awards.all()]
        assert found == label["awards"], page.title
    assert InnovationPage.objects.filter(sectors__isnull=True).count() == 0
    assert SearchDocument.objects.filter(type="innovation").count() == 121
    assert run_import(get_adapter("general"), FILE, commit=True, index=index).counts == {"unchanged": 121}


def test_real_rows__name_their_sources():
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 121
    assert all(row["source_url"].startswith("http") for row in rows)
    assert Counter(row["confidence"] for row in rows).keys() == {"high", "medium"}
