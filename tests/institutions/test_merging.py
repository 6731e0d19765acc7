"""One institution becomes part of another: pages, addresses, people, files, names, the search."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import ModelLogEntry

from accounts.models import User
from directory.models import InnovationPage
from institutions import memberships, tasks
from institutions.inviting.letters import invite
from institutions.lifecycle import plan
from institutions.lifecycle.merging import merge, why_not_merge
from institutions.lifecycle.retiring import reinstate, retire
from institutions.models import Institution, InstitutionChange, Invitation, Membership, Review
from institutions.provisioning import provision
from institutions.recognition import OwnerRecogniser
from institutions.refusals import NotNowError
from institutions.roles import Role
from news.models import NewsPage
from search.models import SearchDocument
from tests.factories.directory import SUBMITTABLE, innovation
from tests.factories.institutions import InstitutionFactory, InstitutionNameFactory
from tests.factories.offices import DIRECTORY, NEWS, Office, client_of, office, person, portal
from tests.queue import run_tasks

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def owner() -> User:
    return portal()


@pytest.fixture
def old(owner: User) -> Office:
    return office("lama")


@pytest.fixture
def new(owner: User) -> Office:
    return office("baru")


def join(old: Office, new: Office, by: User, **wishes: bool) -> InstitutionChange:
    change = merge(old.institution, new.institution, by, "Perpres 2/2024", TODAY, **wishes)
    for one in (old, new):
        one.institution = Institution.objects.get(pk=one.institution.pk)
    return change


def final(url: str) -> str:
    """Where an address leads; it must be readable there."""
    answer = Client().get(url, follow=True)
    assert answer.status_code == 200, url
    return answer.redirect_chain[-1][0] if answer.redirect_chain else url


def test_merged__in_the_admin_with_the_plan_in_numbers(old: Office, new: Office, owner: User) -> None:
    old.published("Satu"), old.draft("Dua")
    client = client_of(owner)
    chosen = client.get(reverse("lifecycle:choose", args=[old.institution.pk]), {"into": new.institution.pk})
    address = reverse("lifecycle:merge", args=[old.institution.pk, new.institution.pk])
    assert chosen.url == address
    shown = client.get(address).content.decode()
    assert "Berita: 1 halaman terbit dan 1 konsep pindah" in shown
    assert "1 kontributor, 1 editor" in shown
    assert client.post(address, {"on": TODAY, "reason": "Perpres", "sure": ""}).status_code == 400
    assert client.post(address, {"on": TODAY, "reason": "Perpres", "sure": "on"}).status_code == 302
    institution = Institution.objects.get(pk=old.institution.pk)
    assert (institution.is_active, institution.merged_into) == (False, new.institution)
    assert institution in new.institution.predecessors.all()
    kinds = {change.institution: change.kind for change in InstitutionChange.objects.all()}
    assert kinds == {institution: "merged", new.institution: "absorbed"}
    for action, of in (("merge", old), ("absorb", new)):
        entry = ModelLogEntry.objects.get(action=f"institutions.{action}")
        assert (entry.object_id, entry.user) == (str(of.institution.pk), owner)


def test_merged__pages_have_the_new_owner_and_old_addresses_lead_on(
    old: Office, new: Office, owner: User
) -> None:
    page = old.published("Mal dibuka")
    record = innovation(old.directory, institution=old.institution)
    record.save_revision().publish()
    before = {one.pk: one.url for one in (page, record)}
    sections = {old.news.url: new.news.url, old.directory.url: new.directory.url}
    feed = f"{old.news.url}umpan/"
    join(old, new, owner)
    page, record = NewsPage.objects.get(pk=page.pk), InnovationPage.objects.get(pk=record.pk)
    for one, section in ((page, new.news), (record, new.directory)):
        assert one.institution == new.institution
        assert one.get_parent().pk == section.pk
        assert final(before[one.pk]) == one.url
    for was, now in sections.items():
        assert final(was) == now
    assert final(feed) == f"{new.news.url}umpan/"
    assert not old.news.live
    assert not old.news.get_children().exists()


def test_merged__is_in_the_search_at_once_with_the_new_owner(old: Office, new: Office, owner: User) -> None:
    record = innovation(old.directory, institution=old.institution)
    record.save_revision().publish()
    elsewhere = innovation(new.directory, institution=old.institution)
    elsewhere.save_revision().publish()
    join(old, new, owner)

    def document(page: InnovationPage) -> SearchDocument:
        return SearchDocument.objects.get(object_id=page.pk, type="innovation")

    record.refresh_from_db()
    assert document(record).data["url"]["id"] == record.url
    assert document(record).data["institution"]["id"] == new.institution.name
    run_tasks("search.tasks.")
    assert document(elsewhere).data["institution"]["id"] == new.institution.name
    assert old.institution.name in str(document(elsewhere).texts)


def test_merged__drafts_and_scheduled_versions_do_not_bring_the_old_owner_back(
    old: Office, new: Office, owner: User
) -> None:
    page = old.published("Terbit")
    page.introduction = "Diubah."
    page.save_revision()
    later = old.draft("Nanti")
    later.go_live_at = timezone.now() + timedelta(days=2)
    later.save_revision().publish()
    record = innovation(old.directory, institution=old.institution, live=False)
    record.save_revision()
    join(old, new, owner)
    for pk in (page.pk, later.pk):
        NewsPage.objects.get(pk=pk).get_latest_revision().publish()
        assert NewsPage.objects.get(pk=pk).institution == new.institution
    assert NewsPage.objects.get(pk=later.pk).scheduled_revision
    draft = InnovationPage.objects.get(pk=record.pk).get_latest_revision_as_object()
    assert draft.institution == new.institution


def test_merged__a_slug_that_is_taken_gets_a_number(old: Office, new: Office, owner: User) -> None:
    ours, theirs = new.published("Mal dibuka"), old.published("Mal dibuka")
    third = new.published("Mal dibuka 2")
    theirs.title = "Mal dibuka lagi"
    theirs.save_revision()
    assert ours.slug == theirs.slug
    assert third.slug == f"{ours.slug}-2"
    before = theirs.url
    address = reverse("lifecycle:merge", args=[old.institution.pk, new.institution.pk])
    assert "1 halaman mendapat nomor" in client_of(owner).get(address).content.decode()
    join(old, new, owner)
    theirs = NewsPage.objects.get(pk=theirs.pk)
    assert theirs.slug == f"{ours.slug}-3"
    assert final(before) == theirs.url
    assert final(ours.url) == ours.url
    theirs.get_latest_revision().publish()
    theirs = NewsPage.objects.get(pk=theirs.pk)
    assert (theirs.slug, theirs.title) == (f"{ours.slug}-3", "Mal dibuka lagi")


@pytest.mark.parametrize("take", [False, True])
def test_merged__members_come_along_only_if_chosen(old: Office, new: Office, owner: User, take: bool) -> None:
    join(old, new, owner, take_members=take)
    assert not Membership.objects.current().filter(institution=old.institution).exists()
    assert (old.editor in memberships.editors_of(new.institution, NEWS)) is take
    kept = old.contributor.memberships.filter(institution=old.institution).get()
    assert kept.ended_by == owner


def test_merged__a_member_of_both_keeps_the_greater_role(old: Office, new: Office, owner: User) -> None:
    both = person("berdua", "lama", Role.CONTRIBUTOR, NEWS, DIRECTORY)
    person("berdua", "baru", Role.EDITOR, NEWS)
    address = reverse("lifecycle:merge", args=[old.institution.pk, new.institution.pk])
    assert "1 orang sudah menjadi anggota di sana" in client_of(owner).get(address).content.decode()
    join(old, new, owner, take_members=True)
    held = {one.role: one.kinds for one in both.memberships.current()}
    assert held == {"editor": ["news"], "contributor": ["directory"]}


def test_merged__roles_over_the_whole_portal_move(old: Office, new: Office, owner: User) -> None:
    validator = person("validator", "lama", Role.VALIDATOR, source="kipp")
    chief = person("kepala", "lama", Role.ADMINISTRATOR)
    join(old, new, owner)
    chief.refresh_from_db()
    assert chief.is_superuser
    assert memberships.holds(validator, Role.VALIDATOR)
    for user in (validator, chief):
        assert user.memberships.current().get().institution == new.institution


def test_merged__open_approvals_are_the_new_editors(old: Office, new: Office, owner: User) -> None:
    state = old.submitted("Menunggu")
    mail.outbox.clear()
    join(old, new, owner)
    assert [letter.to for letter in mail.outbox] == [[new.editor.email]]
    review = Review.objects.get()
    review.task.specific.on_action(review, new.editor, "approve")
    page = NewsPage.objects.get(pk=state.object_id)
    assert (page.live, page.institution) == (True, new.institution)


def test_merged__a_validator_who_would_judge_his_own_record_is_freed_of_it(
    old: Office, new: Office, owner: User
) -> None:
    validator = person("validator", "baru", Role.VALIDATOR, source="none")
    other = person("penguji", "lain", Role.VALIDATOR, source="none")
    record = innovation(old.directory, institution=old.institution, live=False, **SUBMITTABLE)
    record.save_revision()
    record.get_workflow().start(record, old.editor)
    Review.objects.filter(status="in_progress").update(assigned_to=validator)
    mail.outbox.clear()
    join(old, new, owner)
    review = Review.objects.get(status="in_progress")
    assert review.assigned_to is None
    assert [letter.to for letter in mail.outbox] == [[other.email]]


def test_merged__invitations_are_withdrawn(old: Office, new: Office, owner: User) -> None:
    invite(old.institution, "ani@contoh.go.id", Role.CONTRIBUTOR, [NEWS], old.editor)
    join(old, new, owner)
    assert Invitation.objects.get().withdrawn_at


def test_merged__files_keep_their_address_and_can_be_used_there(
    old: Office, new: Office, owner: User
) -> None:
    model = get_document_model()
    document = model(title="Juknis", collection=old.institution.workspace.collection)
    document.file.save("juknis.txt", ContentFile(b"isi"))
    address = document.url
    listing = reverse("wagtaildocs:index")
    assert "Juknis" not in client_of(new.editor).get(listing).content.decode()
    join(old, new, owner)
    document = model.objects.get(pk=document.pk)
    assert document.url == address
    assert "Juknis" in client_of(new.editor).get(listing).content.decode()
    assert not provision(new.institution, [NEWS])


def test_merged__old_names_mean_the_new_one_in_imports(owner: User) -> None:
    old = InstitutionFactory(
        code="lama", name="Kementerian Pariwara Negara", abbreviation="Kemenpariwara", kind="ministry"
    )
    new = InstitutionFactory(code="baru", name="Kementerian Reklame dan Pariwara", kind="ministry")
    last = InstitutionFactory(code="akhir", name="Badan Pengumuman Nasional")
    InstitutionNameFactory(institution=old, name="Departemen Pariwara", kind="alias")
    merge(old, new, owner, "Perpres", TODAY)
    assert set(new.names.values_list("name", "kind")) == {
        ("Kementerian Pariwara Negara", "former"),
        ("Kemenpariwara", "former"),
        ("Departemen Pariwara", "former"),
    }
    for text in ("Kementerian Pariwara Negara", "Kemenpariwara", "Departemen Pariwara"):
        assert OwnerRecogniser.from_database().recognise(text).institution == new
    merge(Institution.objects.get(pk=new.pk), last, owner, "Perpres", TODAY)
    for text in ("Kemenpariwara", "Kementerian Reklame dan Pariwara"):
        assert OwnerRecogniser.from_database().recognise(text).institution == last
    old.refresh_from_db()
    assert old.merged_into == last


def test_merged__into_one_without_sections_gives_it_those_needed(old: Office, owner: User) -> None:
    page = old.published("Mal dibuka")
    bare = InstitutionFactory(code="polos")
    merge(old.institution, bare, owner, "Perpres", TODAY, take_members=True)
    page.refresh_from_db()
    assert page.institution == bare
    assert set(bare.workspace.kinds) == {"news", "directory"}
    assert old.editor in memberships.editors_of(bare, NEWS)


def test_merged__records_of_one_that_never_wrote_move_too(owner: User) -> None:
    old, new = InstitutionFactory(code="lama"), InstitutionFactory(code="baru")
    record = innovation(institution=old)
    merge(old, new, owner, "Perpres", TODAY)
    record.refresh_from_db()
    assert record.institution == new
    assert record.get_parent().specific.institution == new


def test_merged__after_it_was_retired_takes_its_content_along(old: Office, new: Office, owner: User) -> None:
    page = old.published("Mal dibuka")
    retire(old.institution, owner, "Perpres", TODAY)
    join(old, new, owner)
    page.refresh_from_db()
    assert page.institution == new.institution


def test_merging__what_makes_no_sense_is_refused_in_words(old: Office, new: Office, owner: User) -> None:
    def refused(one: Institution, other: Institution) -> str:
        address = reverse("lifecycle:merge", args=[one.pk, other.pk])
        data = {"on": TODAY, "reason": "Perpres", "sure": "on"}
        client = client_of(owner)
        assert "button--danger" not in client.get(address).content.decode()
        with pytest.raises(NotNowError):
            merge(one, other, owner, "Perpres", TODAY)
        client.post(address, data)
        return why_not_merge(Institution.objects.get(pk=one.pk), Institution.objects.get(pk=other.pk))

    third = office("ketiga").institution
    assert "dirinya sendiri" in refused(old.institution, old.institution)
    retire(third, owner, "Perpres", TODAY)
    assert "sudah tidak ada" in refused(old.institution, third)
    join(old, new, owner)
    assert "sudah digabung" in refused(old.institution, new.institution)
    # A into B, then B into A.
    assert "sudah tidak ada" in refused(new.institution, old.institution)
    assert "tercatat sebagai pendahulu" in _backwards(new.institution)
    assert InstitutionChange.objects.count() == 3


def _backwards(institution: Institution) -> str:
    """Into one from which it came, over another."""
    first, second = InstitutionFactory(code="asal"), InstitutionFactory(code="antara")
    second.predecessors.add(first)
    institution.predecessors.add(second)
    return why_not_merge(institution, first)


def test_merging__of_many_pages_runs_in_the_worker_and_says_how_it_ended(
    old: Office, new: Office, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "AT_ONCE", 1)
    page, _draft = old.published("Satu"), old.draft("Dua")
    address = reverse("lifecycle:merge", args=[old.institution.pk, new.institution.pk])
    client = client_of(owner)
    assert "belakang layar" in client.get(address).content.decode()
    asked = {"on": TODAY, "reason": "Perpres", "sure": "on", "take_members": "on"}
    # Pressed twice: done once, and told once.
    for _press in range(2):
        answer = client.post(address, asked, follow=True)
        assert "sedang digabung" in answer.content.decode()
    page.refresh_from_db()
    assert page.institution == old.institution
    mail.outbox.clear()
    run_tasks("institutions.tasks.")
    page.refresh_from_db()
    assert page.institution == new.institution
    assert ModelLogEntry.objects.get(action="institutions.merge").user == owner
    assert Membership.objects.current().filter(institution=new.institution, user=old.editor).exists()
    (done,) = [one for one in mail.outbox if one.to == [owner.email]]
    assert done.subject == f"[JIPPNas] Selesai digabung: {old.institution.name}"


def test_merging__that_cannot_be_any_more_is_told_with_the_reason(
    old: Office, new: Office, owner: User
) -> None:
    third = office("ketiga")
    join(old, third, owner)
    mail.outbox.clear()
    tasks.merge_institutions.func(
        old.institution.pk, new.institution.pk, owner.pk, "Perpres", TODAY.isoformat(), False
    )
    (refused,) = mail.outbox
    assert "tidak jadi digabung" in refused.body
    assert "sudah digabung ke" in refused.body
    assert "{" not in refused.body


def test_merging__a_fault_in_the_worker_is_told_and_changes_nothing(
    old: Office, new: Office, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = old.published("Satu")
    monkeypatch.setattr("institutions.lifecycle.merging._join_names", _fail)
    with pytest.raises(LookupError):
        tasks.merge_institutions.func(
            old.institution.pk, new.institution.pk, owner.pk, "Perpres", TODAY.isoformat(), False
        )
    page.refresh_from_db()
    assert page.institution == old.institution
    assert "kesalahan di portal" in mail.outbox[-1].body


def _fail(*_institutions: Institution) -> None:
    raise LookupError


def test_merging__is_not_for_editors(old: Office, new: Office) -> None:
    with pytest.raises(NotNowError):
        merge(old.institution, new.institution, old.editor, "Perpres", TODAY)
    assert old.institution.workspace.retired_at is None


def test_merged__cannot_be_reinstated(old: Office, new: Office, owner: User) -> None:
    join(old, new, owner)
    administrator = User.objects.create_superuser("admin", "admin@contoh.go.id", "rahasia")
    with pytest.raises(NotNowError):
        reinstate(old.institution, administrator, "keliru")
    address = reverse("lifecycle:reinstate", args=[old.institution.pk])
    assert "sudah digabung ke" in client_of(administrator).get(address).content.decode()


def test_merging__fails_whole(old: Office, new: Office, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    page = old.published("Mal dibuka")

    def broken(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("institutions.lifecycle.merging._join_names", broken)
    with pytest.raises(RuntimeError):
        merge(old.institution, new.institution, owner, "Perpres", TODAY)
    page = NewsPage.objects.get(pk=page.pk)
    assert (page.institution, page.get_parent().pk) == (old.institution, old.news.pk)
    assert Client().get(page.url).status_code == 200
    assert not InstitutionChange.objects.exists()
    assert old.editor in memberships.editors_of(old.institution, NEWS)


@pytest.mark.parametrize("address", ["0/", "99999999999999999999/", "1/gabung/99999999999999999999/"])
def test_addresses__of_no_institution_are_not_found(owner: User, address: str) -> None:
    answer = client_of(owner).get(f"/admin/instansi/{address}", follow=True)
    assert answer.status_code == 404


@pytest.mark.parametrize("into", ["", "x", "0", "-1", "99999999999999999999", "\x00"])
def test_choosing__nonsense_is_refused_in_words(old: Office, owner: User, into: str) -> None:
    address = reverse("lifecycle:choose", args=[old.institution.pk])
    assert client_of(owner).get(address, {"into": into}).status_code in (200, 400)


def test_plan__takes_the_same_queries_for_few_and_many(old: Office, new: Office, owner: User) -> None:
    address = reverse("lifecycle:merge", args=[old.institution.pk, new.institution.pk])

    def queries() -> int:
        client = client_of(owner)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    old.published("Satu"), old.submitted("Menunggu")
    # Wagtail does not even ask what is below a section without a page.
    new.published("Satu")
    for section in (old.directory, new.directory):
        innovation(section, institution=old.institution)
    few = queries()
    for number in range(6):
        old.published(f"Satu {number}"), old.submitted(f"Menunggu {number}")
        innovation(old.directory, institution=old.institution)
        innovation(new.directory, institution=old.institution)
    assert queries() == few
