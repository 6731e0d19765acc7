import datetime
import json

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from directory.derived.evidence import content_hash
from directory.models import Confirmation, InnovationPage, Validation, Verification
from directory.profile import data as profile_data
from directory.profile.parts import Section
from directory.profile.registration import _panels, register_panel
from directory.profile.view import Profile
from tests.factories import directory as factory
from tests.factories.cms import DocumentFactory
from tests.factories.home import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site() -> None:
    make_home()


def request() -> HttpRequest:
    return RequestFactory().get("/")


def profile_of(page: InnovationPage) -> Profile:
    return Profile(InnovationPage.objects.get(pk=page.pk), request())


def test_surroundings__the_same_stored_and_as_draft() -> None:
    page = factory.full_innovation()
    Validation.objects.create(page=page, source="kipp", note="lengkap")
    Confirmation.objects.create(page=page, status="running", confirmed_by_post="Kepala Dinas", reason="")
    stored, history = profile_data.surroundings(InnovationPage.objects.get(pk=page.pk), is_draft=False)
    draft, draft_history = profile_data.surroundings(InnovationPage.objects.get(pk=page.pk), is_draft=True)
    assert {name: labels for name, labels in stored.items() if labels} == {
        name: labels for name, labels in draft.items() if labels
    }
    assert {name: [label.name_id for label in labels] for name, labels in stored.items() if labels} == {
        "sector": ["Kesehatan"],
        "sdg": ["Kehidupan sehat dan sejahtera"],
        "theme": ["Penurunan stunting"],
        "beneficiary": ["Ibu hamil"],
        "tag": ["bidan"],
        "former": ["Nama sebelum ini"],
        "award": ["KIPP"],
    }
    assert (stored["award"][0].note, stored["award"][0].year) == ("Top 45", 2021)
    assert history == draft_history
    assert [(e.code, e.text) for e in history["confirmation"]] == [("running", "Kepala Dinas")]
    assert isinstance(history["validation"][0].moment, datetime.datetime)


def test_surroundings__draft_shows_its_own_rows_not_the_published(django_assert_num_queries: object) -> None:
    page = factory.full_innovation()
    draft = InnovationPage.objects.get(pk=page.pk)
    draft.sectors = []
    filed, _history = profile_data.surroundings(draft, is_draft=True)
    assert filed["sector"] == []


def test_surroundings__one_query(django_assert_num_queries: object) -> None:
    page = InnovationPage.objects.get(pk=factory.full_innovation().pk)
    page.source_page  # noqa: B018
    with django_assert_num_queries(1):
        profile_data.surroundings(page, is_draft=False)


def test_facts__always_four_in_the_same_place() -> None:
    for page in (factory.innovation(), factory.full_innovation()):
        labels = [fact["label"] for fact in profile_of(page).facts]
        assert labels == ["Biaya", "Bukti", "Waktu siap", "Direplikasi"]


def test_facts__zero_months_is_not_unknown() -> None:
    assert profile_of(factory.innovation(months_to_ready=0)).facts[2]["value"] == "0 bulan"
    assert profile_of(factory.innovation()).facts[2]["value"] == ""


def months_ago(months: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=30 * months + 20)


@pytest.mark.parametrize(
    ("status", "confirmed", "tone", "words"),
    [
        ("unknown", None, "none", "Belum diketahui apakah masih berjalan"),
        ("running", None, "none", "Masih berjalan menurut catatan, belum dikonfirmasi"),
        ("running", ("running", 1), "good", "Masih berjalan · dikonfirmasi"),
        ("running", ("developed", 1), "good", "Dikembangkan lebih lanjut · dikonfirmasi"),
        ("running", ("running", 15), "warn", "Perlu konfirmasi sejak"),
        ("running", ("running", 30), "none", "Masih berjalan menurut catatan, belum dikonfirmasi"),
        ("stopped", None, "bad", "Sudah berhenti"),
        ("running", ("stopped", 1), "bad", "Sudah berhenti"),
    ],
)
def test_status__in_words(status: str, confirmed: tuple[str, int] | None, tone: str, words: str) -> None:
    page = factory.innovation(operational_status=status)
    if confirmed:
        Confirmation.objects.create(page=page, status=confirmed[0], confirmed_at=months_ago(confirmed[1]))
    mark = profile_of(page).standing.mark
    assert (mark.tone, words in mark.label) == (tone, True), mark


def test_stopped__says_why() -> None:
    page = factory.innovation(operational_status="stopped")
    Confirmation.objects.create(page=page, status="stopped", reason="Bidan dipindah")
    assert profile_of(page).standing.reason == "Bidan dipindah"


def section_of(page: InnovationPage, name: str) -> Section:
    return next(section for section in profile_of(page).sections if section.name == name)


def test_sections__a_gap_is_said_in_every_part_of_a_bare_record() -> None:
    profile = profile_of(factory.innovation())
    assert [section.name for section in profile.reported] == ["evidence", "copied", "history"]
    assert [s.name for s in profile.unreported] == ["how", "cost", "prerequisites", "kit", "lessons"]
    assert all(section.ask_url for section in profile.unreported)


def test_sections__no_gap_in_a_full_record() -> None:
    assert profile_of(factory.full_innovation()).unreported == []


def test_sections__name_what_is_missing_of_the_narrative() -> None:
    page = factory.innovation(narrative=factory.narrative("how_it_works", "novelty"))
    missing = section_of(page, "how").missing
    assert "Signifikansi" in missing
    assert "Kebaruan" not in missing


@pytest.mark.parametrize("empty", ["", "<p></p>", "<p>&nbsp;</p>"])
def test_narrative__empty_markup_is_a_gap(empty: str) -> None:
    page = factory.innovation(narrative=[{"type": "lessons", "value": empty}])
    assert section_of(page, "lessons").gap


def test_evidence__verified_only_while_the_row_says_the_same() -> None:
    page = factory.full_innovation(
        evidence=[factory.evidence_row("a"), factory.evidence_row("b", indicator="Lain")]
    )
    first = page.evidence[0]
    Verification.objects.create(page=page, block_id=first.id, content_hash=content_hash(first.value))
    assert [item.mark.tone for item in profile_of(page).evidence] == ["good", "none"]
    page = InnovationPage.objects.get(pk=page.pk)
    page.evidence = [factory.evidence_row("a", result="99")]
    page.save()
    assert [item.mark.tone for item in profile_of(page).evidence] == ["none"]


def test_costs__totals() -> None:
    totals = profile_of(factory.full_innovation()).totals
    assert totals is not None
    assert (totals.once, totals.yearly, totals.first_year) == (40_000_000, 24_000_000, 64_000_000)


def test_panels__registered_ones_stand_where_it_was_copied() -> None:
    page = factory.innovation()
    before = list(_panels)
    register_panel(lambda page, request: "<p>Mitra Bunda</p>")
    register_panel(lambda page, request: "")
    try:
        assert profile_of(page).panels == ["<p>Mitra Bunda</p>"]
    finally:
        _panels[:] = before


@pytest.mark.parametrize("level", range(6))
def test_evidence_explanation__every_level_has_one(level: int) -> None:
    page = factory.innovation()
    InnovationPage.objects.filter(pk=page.pk).update(evidence_level=level)
    assert len(profile_of(page).evidence_explanation) > 20


def test_place__is_not_said_twice() -> None:
    owner = factory.institution("uji", name="Pemerintah Kota 35.78")
    page = factory.innovation(institution=owner, region=factory.region("35.78"))
    assert profile_of(page).place == "Provinsi 35"


@pytest.mark.parametrize("depth", [0, 1])
def test_profile__title_of_a_private_document_stays_private(client: Client, depth: int) -> None:
    private = Collection.get_first_root_node().add_child(instance=Collection(name="Internal"))
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    own = private.add_child(instance=Collection(name="Rapat")) if depth else private
    shown = DocumentFactory(title="Modul terbuka")
    hidden = DocumentFactory(title="Notula rahasia", collection=own)
    files = [{"type": "document", "value": {"document": one.pk, "title": ""}} for one in (shown, hidden)]
    row = {"indicator": "Waktu", "result": "1", "document": hidden.pk}
    page = factory.innovation(documents=json.dumps(files), evidence=[{"type": "evidence", "value": row}])
    html = client.get(page.url).content.decode()
    assert "Modul terbuka" in html
    assert "Notula rahasia" not in html
