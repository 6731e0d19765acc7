import pytest

from directory.blocks import NARRATIVE_SECTIONS
from directory.derived.completeness import DRAFT_FIELDS, ITEMS, SUBMISSION_FIELDS, completeness, has_text
from tests.factories.directory import (
    SUBMITTABLE,
    build_innovation,
    full_innovation,
    innovation,
    narrative,
)

pytestmark = pytest.mark.django_db


def missing_fields(page):
    return {entry.field for entry in completeness(page).missing}


def test_items__draft_and_submission_demand_what_was_agreed():
    assert DRAFT_FIELDS == ("title", "institution", "problem", "result")
    assert set(SUBMISSION_FIELDS) - set(DRAFT_FIELDS) == {
        "summary",
        "sectors",
        "contact_email",
        "narrative-how_it_works",
    }


def test_items__every_narrative_section_counts_once():
    counted = [item.field for item in ITEMS if item.field.startswith("narrative-")]
    assert counted == [f"narrative-{name}" for name in NARRATIVE_SECTIONS]


def test_completeness__empty_page():
    result = completeness(build_innovation(title=""))
    assert result.percent == 0
    assert [entry.field for entry in result.missing] == [item.field for item in ITEMS]
    assert {entry.field for entry in result.missing_for_submission} == set(SUBMISSION_FIELDS)


def test_completeness__full_page_lacks_only_the_picture():
    result = completeness(full_innovation())
    assert [entry.field for entry in result.missing] == ["lead_image"]
    assert result.percent == 99


@pytest.mark.parametrize("name", ["summary", "problem", "result", "contact_email"])
def test_completeness__text_counts_when_it_says_something(name):
    assert name in missing_fields(build_innovation())
    assert name in missing_fields(build_innovation(**{name: "  \n "}))
    assert name not in missing_fields(build_innovation(**{name: SUBMITTABLE[name]}))


def test_completeness__grows_with_what_is_filled():
    empty = completeness(build_innovation()).percent
    some = completeness(build_innovation(**SUBMITTABLE)).percent
    more = completeness(build_innovation(**SUBMITTABLE, narrative=narrative("how_it_works"))).percent
    assert empty < some < more < 100


def test_completeness__empty_narrative_section_is_missing():
    page = build_innovation(narrative=[{"type": "novelty", "value": "<p> </p>"}, *narrative("how_it_works")])
    assert "narrative-novelty" in missing_fields(page)
    assert "narrative-how_it_works" not in missing_fields(page)


def test_completeness__unknown_status_is_missing():
    assert "operational_status" in missing_fields(build_innovation())
    assert "operational_status" not in missing_fields(build_innovation(operational_status="stopped"))


def test_completeness__is_stored_on_save_and_after_a_draft():
    page = innovation(**SUBMITTABLE, live=False)
    page.refresh_from_db()
    assert page.completeness == completeness(page).percent > 0
    draft = type(page).objects.get(pk=page.pk)
    draft.staff_needed = "Dua orang"
    draft.save_revision()
    stored = type(page).objects.get(pk=page.pk)
    assert stored.completeness > page.completeness
    assert stored.staff_needed == ""


def test_completeness__draft_of_a_live_page_leaves_what_readers_see():
    page = innovation(**SUBMITTABLE)
    before = page.completeness
    page.staff_needed = "Dua orang"
    page.save_revision()
    assert type(page).objects.get(pk=page.pk).completeness == before


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, False),
        ("", False),
        ("<p>&nbsp;</p>", False),
        ("<p><b> </b></p>", False),
        ("<p>a</p>", True),
        (0, True),
    ],
)
def test_has_text__markup_alone_says_nothing(value, expected):
    assert has_text(value) is expected


def test_completeness__constant_queries(django_assert_max_num_queries):
    page = type(full_innovation()).objects.get()
    with django_assert_max_num_queries(3):
        completeness(page)
