"""All 121 real rows against labels written by hand: nothing may be recognised wrongly."""

import csv
import json
from pathlib import Path

import pytest
from django.conf import settings

LABELS = json.loads((Path(__file__).parent / "labels_121.json").read_text(encoding="utf-8"))
# Titles whose owner (or region, or award) is there but not recognised. Empty: none is missed today.
MISSED_OWNERS: set[str] = set()
MISSED_REGIONS: set[str] = set()
MISSED_AWARDS: set[str] = set()


@pytest.fixture(scope="module")
def rows():
    path = settings.BASE_DIR / "directory" / "data" / "innovations.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["title"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def found(rows, owners):
    return {
        title: owners.recognise(row["institution"], owners.regions.by_code(row["province_code"]))
        for title, row in rows.items()
    }


def test_labels__cover_every_row(rows):
    assert len(LABELS) == 121
    assert [label["title"] for label in LABELS] == list(rows)


def test_owners__none_wrong_and_misses_as_listed(found):
    wrong, missed = {}, set()
    for label in LABELS:
        institution = found[label["title"]].institution
        code = institution.code if institution else None
        if code is None and label["institution"] is not None:
            missed.add(label["title"])
        elif code != label["institution"]:
            wrong[label["title"]] = code
    assert wrong == {}
    assert missed == MISSED_OWNERS


def test_regions__none_wrong_and_misses_as_listed(found):
    wrong, missed = {}, set()
    for label in LABELS:
        region = found[label["title"]].region
        code = region.code if region else None
        if code is None and label["region"] is not None:
            missed.add(label["title"])
        elif code != label["region"]:
            wrong[label["title"]] = code
    assert wrong == {}
    assert missed == MISSED_REGIONS


def test_service_units__as_labelled(found):
    assert {title: owner.service_unit for title, owner in found.items()} == {
        label["title"]: label["service_unit"] for label in LABELS
    }


def test_awards__none_wrong_and_misses_as_listed(rows, awards):
    wrong, missed = {}, set()
    for label in LABELS:
        result = awards.recognise(rows[label["title"]]["award"])
        got = [[award.programme.code, award.year, award.rank] for award in result.awards]
        if any(award not in label["awards"] for award in got):
            wrong[label["title"]] = got
        elif got != label["awards"]:
            missed.add(label["title"])
    assert wrong == {}
    assert missed == MISSED_AWARDS


def test_pieces_that_are_no_award__are_kept_word_by_word(rows, awards):
    kept = {title: list(awards.recognise(row["award"]).unrecognised) for title, row in rows.items()}
    assert kept == {label["title"]: label["not_awards"] for label in LABELS}
