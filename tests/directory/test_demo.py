"""The synthetic directory: full records, the same every time, each marked, never beside real ones."""

import re
from datetime import date
from random import Random

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.blocks import NARRATIVE_SECTIONS
from directory.demo.build import CannotBuildError, build_records
from directory.demo.profile import MARK, TOPICS, make_profile
from directory.models import DirectoryIndexPage, InnovationPage, SourceRecord
from home.models import PortalSettings
from institutions.loading import load_all
from search.models import SearchDocument
from taxonomy.models import SDG, AwardProgramme, BeneficiaryGroup, ReformTheme, Sector
from tests.factories.directory import directory_index, erase, innovation

TODAY = date(2026, 7, 1)
SIZE = 12


@pytest.fixture
def index(db: None) -> DirectoryIndexPage:
    load_all()
    return directory_index()


def words(streams: dict[str, list[dict]]) -> int:
    return sum(len(re.sub(r"<[^>]+>", " ", row["value"]).split()) for row in streams["narrative"])


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_profile__is_long_marked_and_the_same_for_the_same_seed(seed):
    profile = make_profile(1, "Kabupaten Malang", Random(seed), TODAY)
    assert words(profile.streams) >= 800
    assert [row["type"] for row in profile.streams["narrative"]] == list(NARRATIVE_SECTIONS)
    assert not any("{" in row["value"] for row in profile.streams["narrative"])
    assert profile.fields["summary"].startswith("Data sintetis")
    assert profile.streams["narrative"][0]["value"].startswith("<p>Data sintetis")
    assert all(profile.streams.values())
    again = make_profile(1, "Kabupaten Malang", Random(seed), TODAY)
    assert profile == again


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_profile__history_lies_between_its_start_and_today(seed):
    profile = make_profile(1, "Kabupaten Malang", Random(seed), TODAY)
    days = [day for _status, _reason, day in profile.confirmations]
    assert days == sorted(days)
    assert all(profile.fields["implementation_date"] <= day <= TODAY for day in days)
    stopped = profile.fields["operational_status"] == "stopped"
    assert bool(profile.fields["operational_status_reason"]) == stopped


def test_topics__name_only_codes_that_exist(index):
    for model, attribute in (
        (Sector, "sectors"),
        (SDG, "sdgs"),
        (ReformTheme, "themes"),
        (BeneficiaryGroup, "groups"),
    ):
        known = set(model.objects.values_list("code", flat=True))
        assert {code for topic in TOPICS for code in getattr(topic, attribute)} <= known
    assert {"kipp", "iga", "unpsa"} <= set(AwardProgramme.objects.values_list("code", flat=True))


def contents() -> set[tuple[str, ...]]:
    """What the records hold, dates and addresses included."""
    fields = ("slug", "title", "summary", "registry_number", "implementation_date", "url_path")
    pages = InnovationPage.objects.all()
    return {(*(str(getattr(page, name)) for name in fields), str(page.narrative)) for page in pages}


def test_build__makes_full_live_records_that_can_be_found(index):
    assert build_records(index, SIZE, seed=1, today=TODAY) == SIZE
    pages = InnovationPage.objects.all()
    assert pages.live().count() == SIZE == SearchDocument.objects.filter(type="innovation").count()
    for page in pages:
        page.full_clean()
        assert page.completeness >= 95
        assert MARK in [tag.name for tag in page.tags.all()]
        document = SearchDocument.objects.get(key=f"innovation:{page.translation_key}")
        assert document.texts
        assert document.evidence == page.evidence_level >= 1
        # What cannot be hashed away: a level of 3 or more only where the verification holds.
        assert (page.evidence_level >= 3) <= page.verifications.exists()
    assert InnovationPage.find_problems() == ([], [], [], [], [])


def test_build__again_or_larger__adds_only_what_is_missing(index):
    build_records(index, SIZE, seed=1, today=TODAY)
    before = contents()
    assert build_records(index, SIZE, seed=1, today=TODAY) == 0
    assert contents() == before
    assert build_records(index, SIZE + 3, seed=1, today=TODAY) == 3
    assert before < contents()


def test_build__with_the_same_seed_elsewhere__gives_the_same_records(index):
    build_records(index, 3, seed=7, today=TODAY)
    first = contents()
    erase(InnovationPage.objects.all())
    build_records(index, 3, seed=7, today=TODAY)
    assert contents() == first


def test_build__beside_real_innovations__is_refused(index):
    innovation()
    with pytest.raises(CannotBuildError, match="sungguhan"):
        build_records(index, 1, seed=1)
    with pytest.raises(CommandError, match="sungguhan"):
        call_command("build_demo", size=1)
    assert not SourceRecord.objects.exists()
    assert not PortalSettings.load().is_synthetic


def test_build__without_reference_tables__says_what_to_do(db):
    with pytest.raises(CannotBuildError, match="load_taxonomy"):
        build_records(directory_index(), 1, seed=1)


def test_command__sets_the_notice_and_reports(db, capsys):
    load_all()
    call_command("build_demo", size=2, seed=3)
    assert "2 inovasi sintetis ditulis" in capsys.readouterr().out
    assert PortalSettings.load().is_synthetic
    assert InnovationPage.objects.count() == 2
    with pytest.raises(CommandError, match="size"):
        call_command("build_demo", size=0)
