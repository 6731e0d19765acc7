"""Two records become one: what is kept, what moves along, what is refused."""

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    GroupApprovalTask,
    Locale,
    PageSubscription,
    PageViewRestriction,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accounts.models import User
from contact.models import Enquiry, EnquiryKind
from directory.derived.evidence import content_hash
from directory.imports.fields import FIELDS
from directory.merging.merge import MergeError, merge
from directory.models import (
    Award,
    Confirmation,
    DuplicatePair,
    FormerName,
    ImportBatch,
    ImportRow,
    InnovationPage,
    InnovationTag,
    Merge,
    RegistryEntry,
    SourceRecord,
    Validation,
    Verification,
)
from guides.models import GuideRelatedInnovation
from search.models import SearchDocument
from taxonomy.models import SDG, AwardProgramme, Sector
from tests.factories import directory as factory
from tests.factories.guides import guide_page
from tests.factories.home import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site() -> None:
    make_home()


def live(page: InnovationPage) -> InnovationPage:
    page.save_revision().publish()
    return InnovationPage.objects.get(pk=page.pk)


def draft(**fields: Any) -> InnovationPage:
    page = factory.innovation(live=False, **fields)
    page.save_revision()
    return InnovationPage.objects.get(pk=page.pk)


def merged(kept: InnovationPage, other: InnovationPage) -> InnovationPage:
    merge(kept.pk, other.pk)
    return InnovationPage.objects.get(pk=kept.pk)


def award(rank: str, year: int = 2021) -> Award:
    return Award(programme=factory.reference(AwardProgramme, "kipp", name_id="KIPP"), year=year, rank=rank)


def names(page: InnovationPage) -> list[str]:
    return [former.name for former in page.former_names.all()]


def test_merge__fills_every_empty_field_and_overwrites_none() -> None:
    other = live(factory.full_innovation(title="Lengkap", video_url="https://contoh.go.id/v"))
    full = {name: field.get(other) for name, field in FIELDS.items()}
    page = merged(live(factory.innovation(title="Kosong")), other)
    said = {name: field.get(page) for name, field in FIELDS.items()}
    assert said | {"former_names": []} == full | {"title": "Kosong", "former_names": []}
    for name in ("partners", "contact_post", "contact_email", "web_address", "video_url", "months_to_ready"):
        assert getattr(page, name) == getattr(other, name), name
    assert page.operational_status == "running"
    assert [theme.code for theme in page.reform_themes.all()] == ["stunting"]
    assert [group.code for group in page.beneficiary_groups.all()] == ["ibu-hamil"]
    assert [tag.name for tag in page.tags.all()] == ["bidan"]
    assert names(page) == ["Lengkap", "Nama sebelum ini"]
    for name in (
        "narrative",
        "evidence",
        "costs",
        "prerequisites",
        "replication_kit",
        "institutionalisation",
    ):
        assert list(getattr(page, name).raw_data) == list(getattr(other, name).raw_data), name


@pytest.mark.parametrize(
    ("field", "own", "theirs"),
    [
        ("summary", "Ringkasan kami.", "Ringkasan lain."),
        ("partners", "Mitra kami", "Mitra lain"),
        ("year", 2019, 2021),
        ("trial_date", datetime.date(2018, 1, 1), datetime.date(2020, 1, 1)),
        ("operational_status", "stopped", "running"),
        ("months_to_ready", 3, 9),
        ("staff_needed", "Satu orang", "Dua orang"),
        ("web_address", "https://a.example.org", "https://b.example.org"),
    ],
)
def test_merge__what_the_kept_one_says_stays(field: str, own: Any, theirs: Any) -> None:
    kept = live(factory.innovation(**{field: own}))
    merge(kept.pk, live(factory.innovation(**{field: theirs})).pk)
    done = Merge.objects.get()
    kept.refresh_from_db()
    assert getattr(kept, field) == own
    assert done.content["id"][field] == (theirs.isoformat() if field == "trial_date" else theirs)


@pytest.mark.parametrize(
    ("own", "theirs", "after"),
    [
        ({"contact_post": "Kepala"}, {"contact_email": "b@contoh.go.id"}, ("Kepala", "")),
        ({}, {"contact_post": "Kepala", "contact_email": "b@contoh.go.id"}, ("Kepala", "b@contoh.go.id")),
    ],
)
def test_merge__a_post_never_stands_beside_anothers_mailbox(own: Any, theirs: Any, after: Any) -> None:
    page = merged(live(factory.innovation(**own)), live(factory.innovation(**theirs)))
    assert (page.contact_post, page.contact_email) == after


def test_merge__lists_are_united_without_repetition() -> None:
    health, school = (factory.reference(Sector, code) for code in ("kesehatan", "pendidikan"))
    goal = factory.reference(SDG, "3")
    kept, other = (
        factory.innovation(title="Satu", sectors=[health]),
        factory.innovation(title="Dua", sectors=[health, school], sdgs=[goal]),
    )
    kept.awards, other.awards = [award("Top 45")], [award("TOP 45"), award("Top 99", 2020)]
    kept.former_names = [FormerName(name="Lama")]
    other.former_names = [FormerName(name="lama"), FormerName(name="Setempat", kind="local")]
    kept.tags.add("a")
    other.tags.add("a", "b")
    page = merged(live(kept), live(other))
    assert [(row.rank, row.year) for row in page.awards.all()] == [("Top 45", 2021), ("Top 99", 2020)]
    assert names(page) == ["Lama", "Dua", "Setempat"]
    assert page.former_names.get(name="Setempat").kind == "local"
    assert sorted(tag.name for tag in page.tags.all()) == ["a", "b"]
    assert FIELDS["sectors"].get(page) == ["kesehatan", "pendidikan"]
    assert FIELDS["sdgs"].get(page) == ["3"]


def test_merge__rows_are_appended_unless_identical_and_verifications_stay_valid() -> None:
    shared, own = factory.evidence_row("x"), factory.evidence_row("y", indicator="Milik kami")
    kept = live(factory.innovation(evidence=[shared, own]))
    # The same row under another id, another row under an id that is taken, and one of its own.
    rows = [
        factory.evidence_row("p"),
        factory.evidence_row("y", indicator="Milik mereka"),
        factory.evidence_row("q", indicator="Satu lagi"),
    ]
    other = live(factory.innovation(evidence=rows))
    for child in other.evidence:
        Verification.objects.create(page=other, block_id=child.id, content_hash=content_hash(child.value))
    assert kept.evidence_level == 2
    page = merged(kept, other)
    found = {child.value["indicator"]: child.id for child in page.evidence}
    assert [*found] == [shared["value"]["indicator"], "Milik kami", "Milik mereka", "Satu lagi"]
    assert len(set(found.values())) == 4
    assert (found["Milik kami"], found["Satu lagi"]) == ("y", "q")
    verified = {
        child.id
        for child in page.evidence
        for row in page.verifications.all()
        if (row.block_id, row.content_hash) == (child.id, content_hash(child.value))
    }
    assert verified == {"x", found["Milik mereka"], "q"}
    assert page.evidence_level == 3
    assert page.get_latest_revision_as_object().evidence_level == 3


def test_merge__moves_all_that_points_at_the_record() -> None:
    kept, other = live(factory.innovation()), live(factory.innovation(title="Lainnya"))
    third = live(factory.innovation())
    user = User.objects.create_user("orang", "orang@example.org", "x")
    SourceRecord.objects.create(page=other, source="kipp", record_id="K-1")
    Validation.objects.create(page=other, source="kipp")
    Confirmation.objects.create(page=other, status="running")
    Verification.objects.create(page=other, block_id="hilang", content_hash="0" * 64)
    batch = ImportBatch.objects.create(source="kipp", file_name="k.xlsx", state="done")
    row = ImportRow.objects.create(batch=batch, number=2, action="create", outcome="create", page=other)
    proposal = ImportRow.objects.create(
        batch=batch, number=3, action="duplicate", duplicates=[[other.pk, "Lainnya", 90, "mirip"]]
    )
    enquiry = Enquiry.objects.create(page=other, kind=EnquiryKind.QUESTION, message="Halo")
    guide = guide_page()
    related = GuideRelatedInnovation.objects.create(page=guide, innovation=other)
    for page in (kept, other):
        PageSubscription.objects.create(page=page, user=user, comment_notifications=True)
    Redirect.add_redirect("/lama/sekali", other)
    DuplicatePair.objects.create(one=other, other=third, score=90, state="different", decided_by=user)
    DuplicatePair.objects.create(one=kept, other=third, score=88)
    page = merged(kept, other)
    for history in (page.source_records, page.validations, page.confirmations, page.verifications):
        assert history.count() == 1
    for thing, name in ((row, "page"), (enquiry, "page"), (related, "innovation")):
        thing.refresh_from_db()
        assert getattr(thing, f"{name}_id") == kept.pk
    proposal.refresh_from_db()
    assert proposal.duplicates[0][0] == kept.pk
    assert PageSubscription.objects.filter(user=user).get().page_id == kept.pk
    assert Redirect.objects.get(old_path="/lama/sekali").redirect_page_id == kept.pk
    pair = DuplicatePair.objects.get()
    assert (pair.one_id, pair.other_id, pair.state, pair.decided_by) == (kept.pk, third.pk, "different", user)
    for model in (Award, FormerName, InnovationTag):
        assert not model.objects.exclude(**{f"{_owner(model)}__in": InnovationPage.objects.all()}).exists()


def _owner(model: Any) -> str:
    return "content_object" if model is InnovationTag else "page"


def test_merge__live_one_revision_and_the_index_renewed() -> None:
    kept = live(factory.innovation(title="Bidan Berkawan"))
    other = live(factory.full_innovation(title="Kawan Bidan"))
    before = kept.revisions.count()
    merge(kept.pk, other.pk)
    kept.refresh_from_db()
    assert kept.revisions.count() == before + 1
    assert kept.live_revision_id == kept.latest_revision_id
    assert not kept.has_unpublished_changes
    assert not SearchDocument.objects.filter(key__endswith=str(other.translation_key)).exists()
    document = SearchDocument.objects.get(key__endswith=str(kept.translation_key))
    assert "Kawan Bidan" in document.texts["keywords"]["id"]
    assert document.data["awards"]


def test_merge__drafts_make_a_draft() -> None:
    kept, other = draft(title="Satu"), draft(title="Dua")
    other.partners = "Dari draf"
    other.save_revision()
    merge(kept.pk, other.pk)
    kept.refresh_from_db()
    content = kept.get_latest_revision_as_object()
    assert not kept.live
    assert (content.partners, names(content)) == ("Dari draf", ["Dua"])
    assert Merge.objects.get().content["id"]["partners"] == "Dari draf"
    assert Merge.objects.get().address == ""


def test_merge__into_a_record_without_an_owner_moves_it_to_the_owners_section() -> None:
    other = live(factory.innovation(title="Punya", slug="sama"))
    nobody = factory.directory_section()
    kept = live(factory.innovation(nobody, title="Tak bertuan", slug="sama", institution=None))
    page = merged(kept, other)
    assert page.institution == other.institution
    assert page.get_parent().specific.institution == other.institution
    assert page.url_path.endswith(f"/{page.slug}/")


def test_addresses__lead_to_the_kept_one_across_chains(client: Client) -> None:
    first, second, third = (live(factory.innovation(title=title)) for title in ("A", "B", "C"))
    old = [page.get_url() for page in (first, second)]
    merge(second.pk, first.pk)
    merge(third.pk, second.pk)
    for url in old:
        response = client.get(url)
        assert (response.status_code, response.headers["Location"]) == (301, third.get_url())
    for number in (first.registry_number, second.registry_number):
        assert client.get(f"/id/inovasi/{number}/").status_code == 301
        # In English the record itself is shown, in the frame of that language.
        kept = {"id": third.get_url(), "en": f"/en/innovations/{third.registry_number}/"}
        for language, address in kept.items():
            response = client.get(f"/{language}/inovasi/{number}/", follow=True)
            assert response.redirect_chain[-1][0] == address
    fresh = live(factory.innovation())
    assert fresh.registry_number > third.registry_number
    assert RegistryEntry.objects.filter(pk=first.registry_number).exists()
    assert list(third.merges.values_list("number", flat=True)) == [
        second.registry_number,
        first.registry_number,
    ]


def _lock(page: InnovationPage) -> None:
    InnovationPage.objects.filter(pk=page.pk).update(locked=True)


def _edit(page: InnovationPage) -> None:
    page.partners = "Sedang ditulis"
    page.save_revision()


def _schedule(page: InnovationPage) -> None:
    InnovationPage.objects.filter(pk=page.pk).update(live=False)
    page.refresh_from_db()
    page.go_live_at = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)
    page.save_revision().publish()


def _copy(page: InnovationPage) -> None:
    page.create_alias(update_slug="alias")


def _submit(page: InnovationPage) -> None:
    workflow = Workflow.objects.first() or Workflow.objects.create(name="Tinjau")
    task = GroupApprovalTask.objects.create(name="Setujui")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.update_or_create(workflow=workflow, page=page)
    page.save_revision()
    InnovationPage.objects.filter(pk=page.pk).update(has_unpublished_changes=False)
    workflow.start(page, None)


@pytest.mark.parametrize(
    ("obstacle", "words"),
    [
        (_lock, "dikunci"),
        (_edit, "sedang disunting"),
        (_schedule, "dijadwalkan"),
        (_copy, "salinan"),
        (_submit, "alur persetujuan"),
    ],
)
@pytest.mark.parametrize("which", [0, 1])
def test_merge__is_refused_with_the_reason(
    obstacle: Callable[[InnovationPage], None], words: str, which: int
) -> None:
    pages = [live(factory.innovation()), live(factory.innovation())]
    obstacle(pages[which])
    with pytest.raises(MergeError, match=words):
        merge(pages[0].pk, pages[1].pk)
    assert set(InnovationPage.objects.filter(alias_of=None)) == set(pages)
    assert not Merge.objects.exists()


def test_merge__a_live_one_never_into_a_draft_nor_into_itself_nor_twice() -> None:
    kept, other = live(factory.innovation()), draft()
    with pytest.raises(MergeError, match="terbit"):
        merge(other.pk, kept.pk)
    with pytest.raises(MergeError, match="catatan yang sama"):
        merge(kept.pk, kept.pk)
    merge(kept.pk, other.pk)
    with pytest.raises(MergeError, match="sudah tidak ada"):
        merge(kept.pk, other.pk)
    assert Merge.objects.count() == 1


def test_merge__fails_half_way_and_leaves_nothing() -> None:
    kept, other = live(factory.innovation()), live(factory.full_innovation())
    Merge.objects.create(page=kept, number=other.registry_number, title="Penghalang")
    with pytest.raises(IntegrityError), transaction.atomic():
        merge(kept.pk, other.pk)
    assert InnovationPage.objects.count() == 2
    assert other.source_records.count() == 1
    assert not Redirect.objects.exists()
    assert SearchDocument.objects.filter(type="innovation").count() == 2


def _translated(page: InnovationPage) -> InnovationPage:
    copy = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    copy.title = f"{page.title} in English"
    copy.save_revision().publish()
    return copy


def test_translations__go_with_their_record_and_their_addresses_lead_on(client: Client) -> None:
    kept, other = live(factory.innovation(title="Satu")), live(factory.innovation(title="Dua"))
    english, gone = _translated(kept), _translated(other)
    old = gone.get_url()
    merge(kept.pk, other.pk)
    assert set(InnovationPage.objects.values_list("pk", flat=True)) == {kept.pk, english.pk}
    assert Merge.objects.get().content["en"]["title"] == "Dua in English"
    english.refresh_from_db()
    assert client.get(old).headers["Location"] == english.get_url()
    response = client.get(f"/en/inovasi/{other.registry_number}/", follow=True)
    assert response.redirect_chain[-1][0] == english.get_url()


def test_translations__the_only_one_is_never_lost() -> None:
    kept, other = live(factory.innovation()), live(factory.innovation())
    english = _translated(other)
    with pytest.raises(MergeError, match=f"pertahankan {other.registry_code}"):
        merge(kept.pk, other.pk)
    with pytest.raises(MergeError, match="salinan atau terjemahan"):
        merge(kept.pk, english.pk)
    merge(other.pk, kept.pk)
    assert InnovationPage.objects.filter(pk=english.pk).exists()


def test_merge__restricted_and_public_do_not_mix() -> None:
    kept, other = live(factory.innovation()), live(factory.innovation())
    PageViewRestriction.objects.create(page=other, restriction_type="login")
    with pytest.raises(MergeError, match="hak baca"):
        merge(kept.pk, other.pk)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_merge__both_ways_at_once_happens_once() -> None:
    one, two = live(factory.innovation()).pk, live(factory.innovation()).pk
    outcomes = []

    def run(kept: int, other: int) -> None:
        try:
            outcomes.append(merge(kept, other).page_id)
        except MergeError as error:
            outcomes.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((one, two), (two, one), (one, two))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(outcomes) == 3
    assert sum(isinstance(outcome, int) for outcome in outcomes) == 1
    assert InnovationPage.objects.count() == Merge.objects.count() == 1


def test_merge__of_two_that_say_the_same_moves_the_history_only() -> None:
    rows = {"title": "Sama", "evidence": [factory.evidence_row("x")]}
    kept, other = live(factory.innovation(**rows)), live(factory.innovation(**rows))
    child = other.evidence[0]
    Verification.objects.create(page=other, block_id="x", content_hash=content_hash(child.value))
    SourceRecord.objects.create(page=other, source="iga", record_id="7")
    page = merged(kept, other)
    assert page.latest_revision_id == kept.latest_revision_id
    assert page.evidence_level == 3
    document = SearchDocument.objects.get(type="innovation")
    assert (document.data["evidence"], Merge.objects.get().changes) == (3, [])
    assert document.facets["source"] == ["iga"]
