"""What a profile lacks, as a number: kept with the record, and filled in for old records by the migration."""

import importlib

import pytest
from django.apps import apps

from directory.derived.completeness import ITEMS, completeness
from directory.derived.gaps import BITS, gap_bit, gaps
from directory.models import InnovationPage
from tests.factories.directory import SUBMITTABLE, full_innovation, innovation, narrative

pytestmark = pytest.mark.django_db


def number_of(page):
    return gaps(entry.field for entry in completeness(page).missing)


def test_bits__every_item_has_one_and_the_old_ones_stay():
    assert {item.field for item in ITEMS} <= set(BITS)
    assert len(set(BITS)) == len(BITS) <= 63
    # Stored numbers are read by these.
    assert [gap_bit(name) for name in ("title", "region", "narrative-background", "lead_image")] == [
        1,
        1 << 5,
        1 << 11,
        1 << 31,
    ]
    with pytest.raises(ValueError, match="tuple"):
        gap_bit("nothing")


def test_missing_items__are_stored_on_save_and_after_a_draft():
    page = innovation(live=False)
    stored = InnovationPage.objects.get(pk=page.pk)
    assert stored.missing_items == number_of(page) > 0
    assert stored.missing_items & gap_bit("staff_needed")
    stored.staff_needed = "Dua orang"
    stored.save_revision()
    stored = InnovationPage.objects.get(pk=page.pk)
    assert not stored.missing_items & gap_bit("staff_needed")
    assert stored.staff_needed == ""


def test_migration__fills_in_what_saving_would(django_assert_max_num_queries):
    migration = importlib.import_module("directory.migrations.0005_data_quality")
    full_innovation()
    innovation(**SUBMITTABLE, operational_status="running", months_to_ready=0)
    innovation(narrative=[{"type": "novelty", "value": "<p>&nbsp;</p>"}, *narrative("lessons")])
    draft = innovation(live=False)
    draft.problem, draft.narrative = "Antrean panjang.", narrative("how_it_works")
    draft.sectors = full_innovation().sectors.all()
    draft.save_revision()
    wanted = dict(InnovationPage.objects.values_list("pk", "missing_items"))
    assert len(set(wanted.values())) == 4
    InnovationPage.objects.update(missing_items=0)
    with django_assert_max_num_queries(12):
        migration.fill(apps, None)
    assert dict(InnovationPage.objects.values_list("pk", "missing_items")) == wanted
