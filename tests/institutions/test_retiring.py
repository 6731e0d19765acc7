"""An institution that is no more: nobody writes for it, nothing of it is lost, and it can be undone."""

import datetime
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, ModelLogEntry, PageLogEntry, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from accounts.models import User
from cms.scheduling import publish_scheduled
from directory.confirming import reminders
from directory.confirming.answers import answerable_by, edited_by
from institutions import memberships
from institutions.inviting.letters import InvitationLapsedError, accept, invite
from institutions.lifecycle.closed import SectionItemForm
from institutions.lifecycle.plan import Plan
from institutions.lifecycle.retiring import reinstate, retire
from institutions.loading import load_all
from institutions.models import (
    Institution,
    InstitutionChange,
    Invitation,
    Membership,
    Review,
    SectionPage,
)
from institutions.provisioning import provision, repair_all
from institutions.refusals import NotNowError, NotYoursError
from institutions.roles import Role
from institutions.sections import section_types
from news.models import NewsPage
from tests.factories.directory import innovation
from tests.factories.offices import DIRECTORY, NEWS, Office, client_of, office, person, portal
from tests.queue import run_tasks

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def owner() -> User:
    return portal()


@pytest.fixture
def sleman(owner: User) -> Office:
    return office("sleman")


@pytest.fixture
def administrator() -> User:
    return User.objects.create_superuser("admin", "admin@contoh.go.id", "rahasia")


def ended(sleman: Office, owner: User, **wishes: bool) -> InstitutionChange:
    change = retire(sleman.institution, owner, "Perpres 1/2024", TODAY, **wishes)
    sleman.institution.refresh_from_db()
    return change


def test_retired__in_the_admin_ends_roles_and_leaves_history(sleman: Office, owner: User) -> None:
    address = reverse("lifecycle:retire", args=[sleman.institution.pk])
    client = client_of(owner)
    assert "2 kontributor" not in client.get(address).content.decode()
    assert "1 kontributor, 1 editor" in client.get(address).content.decode()
    data = {"on": "2024-10-21", "reason": "Perpres 1/2024", "sure": "on"}
    assert client.post(address, data).status_code == 302
    sleman.institution.refresh_from_db()
    assert not sleman.institution.is_active
    assert sleman.institution.workspace.retired_at
    for user in (sleman.editor, sleman.contributor):
        assert not user.groups.exists()
        held = user.memberships.get()
        assert (held.ended_by, bool(held.ended_at)) == (owner, True)
        assert client_of(user).get(reverse("wagtailadmin_explore", args=[sleman.news.pk])).status_code != 200
    groups = Group.objects.filter(role__workspace=sleman.institution.workspace)
    assert groups.count() == 6
    assert not GroupPagePermission.objects.filter(group__in=groups).exists()
    change = InstitutionChange.objects.get()
    assert (change.kind, change.happened_on, change.made_by) == (
        "retired",
        datetime.date(2024, 10, 21),
        owner,
    )
    assert ModelLogEntry.objects.get(action="institutions.retire").user == owner
    shown = client.get(reverse("lifecycle:index", args=[sleman.institution.pk])).content.decode()
    assert "Perpres 1/2024" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": ""}, {"on": "kemarin"}, {"on": "1900-01-01"},
        {"on": (TODAY + timedelta(days=1)).isoformat()}, {"reason": ""}, {"reason": "x" * 1001}, {"sure": ""},
    ],
)  # fmt: skip
def test_retiring__form_refuses_what_is_missing_or_wrong(
    sleman: Office, owner: User, wrong: dict[str, str]
) -> None:
    data = {"on": TODAY.isoformat(), "reason": "Perpres", "sure": "on"} | wrong
    address = reverse("lifecycle:retire", args=[sleman.institution.pk])
    assert client_of(owner).post(address, data).status_code == 400
    sleman.institution.refresh_from_db()
    assert sleman.institution.is_active


def test_ending__is_for_programme_owners_and_administrators(sleman: Office, administrator: User) -> None:
    bantul = office("bantul").institution
    addresses = [
        reverse(f"lifecycle:{name}", args=[sleman.institution.pk, *more])
        for name, more in (
            ("index", ()), ("retire", ()), ("choose", ()), ("reinstate", ()), ("merge", (bantul.pk,)),
        )
    ]  # fmt: skip
    for address in addresses:
        assert client_of(administrator).get(address).status_code == 200
        for method in ("get", "post"):
            assert getattr(client_of(sleman.editor), method)(address).status_code in (302, 403)
    with pytest.raises(NotNowError):
        retire(sleman.institution, sleman.editor, "x", TODAY)
    sleman.institution.refresh_from_db()
    assert sleman.institution.is_active


def test_retired__again_is_refused_in_words(sleman: Office, owner: User) -> None:
    ended(sleman, owner)
    with pytest.raises(NotNowError):
        ended(sleman, owner)
    page = client_of(owner).get(reverse("lifecycle:retire", args=[sleman.institution.pk])).content.decode()
    assert "sudah dinyatakan tidak ada lagi" in page


def test_retired__content_stays_readable_with_its_owner_marked(sleman: Office, owner: User) -> None:
    page = sleman.published("Mal dibuka")
    record = innovation(sleman.directory, institution=sleman.institution)
    record.save_revision().publish()
    ended(sleman, owner)
    client = client_of(owner)
    for url in (page.url, record.url):
        answer = client.get(url)
        assert answer.status_code == 200
        assert f"{sleman.institution.name} (sudah tidak ada)" in answer.content.decode()
    for section in (sleman.news, sleman.directory):
        assert "Instansi ini sudah tidak ada." in client.get(section.url).content.decode()
    run_tasks("search.tasks.")
    assert "(sudah tidak ada)" in client.get(record.get_parent().get_parent().url).content.decode()


def test_retired__nobody_is_invited_and_open_invitations_lapse(sleman: Office, owner: User) -> None:
    invite(sleman.institution, "ani@contoh.go.id", Role.CONTRIBUTOR, [NEWS], sleman.editor)
    token = mail.outbox[-1].body.split("/undangan/")[1].split("/")[0]
    ended(sleman, owner)
    ani = User.objects.create_user("ani", "ani@contoh.go.id", "rahasia")
    with pytest.raises(InvitationLapsedError):
        accept(token, ani)
    assert Invitation.objects.get().withdrawn_at
    with pytest.raises(NotYoursError):
        invite(sleman.institution, "budi@contoh.go.id", Role.CONTRIBUTOR, [NEWS], owner)
    address = reverse("members:institution", args=[sleman.institution.pk])
    assert client_of(owner).get(address, follow=True).status_code == 404


def _news(title: str) -> dict[str, object]:
    """What the form of a new article sends."""
    form = {"title": title, "slug": "baru", "introduction": "x", "body": streamfield([])}
    return nested_form_data({**form, "comments": inline_formset([])})


def test_retired__nobody_creates_or_moves_a_page_there(
    sleman: Office, owner: User, administrator: User
) -> None:
    elsewhere = office("bantul").published("Dari Bantul")
    ended(sleman, owner)
    section = sleman.news
    add = reverse("wagtailadmin_pages:add", args=["news", "newspage", section.pk])
    move = reverse("wagtailadmin_pages:move_confirm", args=[elsewhere.pk, section.pk])
    copy = reverse("wagtailadmin_pages:copy", args=[elsewhere.pk])
    copied = {"new_title": "x", "new_slug": "x", "new_parent_page": section.pk}
    many = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'move'])}?id={elsewhere.pk}"
    ways = ((add, _news("Baru")), (move, {}), (copy, copied), (many, {"chooser": section.pk}))
    for user in (owner, administrator):
        client = client_of(user)
        assert client.get(add).status_code == 302
        for address, form in ways:
            assert "sudah tidak ada" in client.post(address, form, follow=True).content.decode(), address
        for action in ("copy", "move", "create_alias"):
            address = reverse("wagtailadmin_api:pages:action", args=[elsewhere.pk, action])
            answer = client.post(address, {"destination_page_id": section.pk, "recursive": False})
            assert "sudah tidak ada" in answer.json()["destination_page_id"][0], action
    assert not section.get_children().exists()


def test_retired__a_form_that_was_open_keeps_what_was_typed(sleman: Office, owner: User) -> None:
    client = client_of(owner)
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", sleman.news.pk])
    assert client.get(address).status_code == 200
    ended(sleman, owner)
    answer = client.post(address, _news("Judul yang baru"))
    assert "sudah tidak ada" in answer.context["form"].non_field_errors()[0]
    assert "Judul yang baru" in answer.content.decode()


@pytest.mark.parametrize("section_type", section_types())
def test_pages_of_sections__ask_whether_their_section_is_open(section_type: type[SectionPage]) -> None:
    for item in section_type.allowed_subpage_models():
        assert issubclass(item.get_edit_handler().get_form_class(), SectionItemForm), item


def test_retired__its_pages_can_still_be_put_in_order(sleman: Office, owner: User) -> None:
    first, second = sleman.published("Satu"), sleman.published("Dua")
    ended(sleman, owner)
    address = reverse("wagtailadmin_api:pages:action", args=[second.pk, "move"])
    data = {"destination_page_id": first.pk, "position": "left"}
    assert client_of(owner).post(address, data).status_code == 200
    assert [page.pk for page in sleman.news.get_children()] == [second.pk, first.pk]


def test_retired__with_open_approvals_hands_them_to_programme_owners(sleman: Office, owner: User) -> None:
    state = sleman.submitted("Menunggu")
    mail.outbox.clear()
    plan = Plan(sleman.institution)
    assert (plan.reviews, plan.validations) == (1, 0)
    ended(sleman, owner)
    (letter,) = mail.outbox
    assert letter.to == [owner.email]
    assert "sudah tidak ada" in letter.body
    assert sleman.institution.name in letter.body
    review = Review.objects.get()
    assert review.status == TaskState.STATUS_IN_PROGRESS
    assert [one.pk for one in TaskState.objects.reviewable_by(owner)] == [review.pk]
    with pytest.raises(NotYoursError):
        review.task.specific.on_action(review, sleman.editor, "approve")
    review.task.specific.on_action(review, owner, "approve")
    assert NewsPage.objects.get(pk=state.object_id).live


def test_retired__without_programme_owners_tells_administrators(
    sleman: Office, owner: User, administrator: User
) -> None:
    sleman.submitted()
    memberships.end(owner.memberships.get())
    mail.outbox.clear()
    ended(sleman, administrator)
    assert [letter.to for letter in mail.outbox] == [[administrator.email]]


def _make_due(page: NewsPage) -> None:
    """As if its day had come."""
    yesterday = timezone.now() - timedelta(days=1)
    for revision in page.revisions.exclude(approved_go_live_at=None):
        revision.content["go_live_at"] = yesterday.isoformat()
        revision.approved_go_live_at = yesterday
        revision.save()


@pytest.mark.parametrize("cancel", [False, True])
def test_retired__scheduled_pages_appear_unless_that_is_cancelled(
    sleman: Office, owner: User, cancel: bool
) -> None:
    page = sleman.draft("Nanti")
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision().publish()
    shown = client_of(owner).get(reverse("lifecycle:retire", args=[sleman.institution.pk])).content.decode()
    assert "1 halaman dijadwalkan terbit" in shown
    ended(sleman, owner, cancel_scheduled=cancel)
    _make_due(page)
    publish_scheduled()
    page.refresh_from_db()
    assert page.live is not cancel
    assert PageLogEntry.objects.filter(action="wagtail.schedule.cancel", user=owner).exists() is cancel


def test_retired__confirmations_are_the_programme_owners(sleman: Office, owner: User) -> None:
    record = innovation(sleman.directory, institution=sleman.institution)
    assert edited_by(sleman.editor).filter(pk=record.pk).exists()
    record.confirmations.create(status="running", confirmed_at=timezone.now() - timedelta(days=360))
    ended(sleman, owner)
    assert not answerable_by(sleman.editor).exists()
    assert answerable_by(owner).filter(pk=record.pk).exists()
    mail.outbox.clear()
    assert reminders.send() == 0


def test_retired__roles_over_the_whole_portal_stay(sleman: Office, owner: User) -> None:
    validator = person("validator", "sleman", Role.VALIDATOR, source="kipp")
    shown = client_of(owner).get(reverse("lifecycle:retire", args=[sleman.institution.pk])).content.decode()
    assert "validator" in shown
    ended(sleman, owner)
    assert memberships.holds(validator, Role.VALIDATOR)


def test_retired__is_neither_provisioned_nor_repaired_nor_crashes_the_form(
    sleman: Office, owner: User
) -> None:
    ended(sleman, owner)
    assert sleman.institution not in [institution for institution, _done in repair_all()]
    with pytest.raises(ValueError, match="ditutup"):
        provision(sleman.institution, [NEWS])
    data = {
        "code": "sleman", "name": sleman.institution.name, "kind": sleman.institution.kind,
        "website": "https://contoh.go.id", "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0,
    }  # fmt: skip
    address = reverse("institution:edit", args=[sleman.institution.pk])
    assert client_of(owner).post(address, data).status_code == 302
    sleman.institution.refresh_from_db()
    assert not sleman.institution.is_active


def test_reinstated__by_an_administrator_gives_members_their_roles_again(
    sleman: Office, owner: User, administrator: User
) -> None:
    ended(sleman, owner)
    sleman.contributor.is_active = False
    sleman.contributor.save()
    with pytest.raises(NotNowError):
        reinstate(sleman.institution, owner, "keliru")
    address = reverse("lifecycle:reinstate", args=[sleman.institution.pk])
    assert client_of(owner).get(address).status_code in (302, 403)
    answer = client_of(administrator).post(address, {"reason": "keliru", "members": "on"}, follow=True)
    assert "perannya tidak dikembalikan: penulis-sleman" in answer.content.decode()
    sleman.institution.refresh_from_db()
    assert sleman.institution.is_active
    assert sleman.editor in memberships.editors_of(sleman.institution, NEWS)
    assert (
        client_of(sleman.editor).get(reverse("wagtailadmin_explore", args=[sleman.news.pk])).status_code
        == 200
    )
    assert Membership.objects.filter(user=sleman.editor).count() == 2
    assert not provision(sleman.institution, [NEWS, DIRECTORY])
    assert [change.kind for change in InstitutionChange.objects.all()] == ["reinstated", "retired"]


def test_reinstated__without_members_and_not_twice(sleman: Office, owner: User, administrator: User) -> None:
    ended(sleman, owner)
    reinstate(sleman.institution, administrator, "keliru", members=False)
    assert not memberships.editors_of(sleman.institution, NEWS).exists()
    with pytest.raises(NotNowError):
        reinstate(sleman.institution, administrator, "keliru")


def test_reinstated__is_not_closed_again_by_the_file_that_closed_it(administrator: User) -> None:
    load_all()
    found = Institution.objects.get(code="klhk")
    assert not found.is_active
    reinstate(found, administrator, "Dibentuk kembali")
    load_all()
    found.refresh_from_db()
    assert found.is_active


def test_plan__takes_the_same_queries_for_few_and_many(sleman: Office, owner: User) -> None:
    def queries() -> int:
        client = client_of(owner)
        client.get(reverse("lifecycle:retire", args=[sleman.institution.pk]))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("lifecycle:retire", args=[sleman.institution.pk]))
        return len(captured)

    sleman.submitted()
    page = sleman.draft("Nanti")
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision().publish()
    few = queries()
    for number in range(5):
        sleman.submitted(f"Menunggu {number}")
        person(f"orang-{number}", "sleman", Role.CONTRIBUTOR, NEWS)
        page = sleman.draft(f"Nanti {number}")
        page.go_live_at = timezone.now() + timedelta(days=2)
        page.save_revision().publish()
    assert queries() == few
