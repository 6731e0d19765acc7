"""Members change their role or leave: by who may give it, at once, the last editor never unnoticed."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from institutions import memberships
from institutions.inviting.changing import change
from institutions.inviting.letters import DAY, invite
from institutions.models import Invitation, Membership, Review
from institutions.refusals import NotNowError, NotYoursError, TooManyError
from institutions.roles import Role
from tests.factories.directory import SUBMITTABLE, innovation
from tests.factories.offices import DIRECTORY, NEWS, Office, client_of, office, person, portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return portal()


@pytest.fixture
def sleman(owner: User) -> Office:
    return office("sleman")


def of(user: User) -> Membership:
    return user.memberships.current().get()


def address(membership: Membership) -> str:
    return reverse("members:member", args=[membership.pk])


def test_role__is_changed_in_the_admin_and_holds_at_once(sleman: Office) -> None:
    client = client_of(sleman.editor)
    listed = client.get(reverse("members:institution", args=[sleman.institution.pk])).content.decode()
    before = of(sleman.contributor)
    assert address(before) in listed
    assert client.get(address(before)).status_code == 200
    assert client.post(address(before), {"role": "editor", "kinds": ["news"]}).status_code == 302
    now = of(sleman.contributor)
    assert (now.role, now.kinds, now.started_by) == ("editor", ["news"], sleman.editor)
    before.refresh_from_db()
    assert (before.role, before.ended_by) == ("contributor", sleman.editor)
    assert [group.name for group in sleman.contributor.groups.all()] == ["sleman · editor · news"]
    entry = ModelLogEntry.objects.filter(action="institutions.end_membership").get()
    assert entry.user == sleman.editor
    assert entry.message == "Penulis-sleman tidak lagi menjadi Kontributor (Direktori, Berita)"


def test_role__ended_in_the_admin_takes_the_rights_at_once(sleman: Office) -> None:
    theirs = client_of(sleman.contributor)
    assert theirs.get(reverse("wagtailadmin_explore", args=[sleman.news.pk])).status_code == 200
    client_of(sleman.editor).post(address(of(sleman.contributor)), {"end": "1"})
    assert not sleman.contributor.memberships.current().exists()
    assert not sleman.contributor.groups.exists()
    assert theirs.get(reverse("wagtailadmin_explore", args=[sleman.news.pk])).status_code == 302
    assert Membership.objects.filter(user=sleman.contributor).count() == 1


@pytest.mark.parametrize("role", [Role.VALIDATOR, Role.PROGRAMME_OWNER, Role.ADMINISTRATOR])
def test_role__over_the_whole_portal_is_not_given_here(sleman: Office, owner: User, role: Role) -> None:
    for by in (sleman.editor, owner):
        assert (
            client_of(by).post(address(of(sleman.contributor)), {"role": role, "kinds": ["news"]}).status_code
            == 400
        )
        with pytest.raises(NotYoursError):
            change(of(sleman.contributor), role, [NEWS], by)
    held = person("kepala", "sleman", Role.VALIDATOR, source="kipp")
    assert client_of(sleman.editor).get(address(of(held)), follow=True).status_code == 404


def test_others__change_nothing(sleman: Office) -> None:
    bantul = office("bantul")
    for by, whose in ((bantul.editor, sleman.contributor), (sleman.contributor, sleman.editor)):
        for data in ({"end": "1"}, {"role": "editor", "kinds": ["news"]}):
            client_of(by).post(address(of(whose)), data)
        with pytest.raises(NotYoursError):
            change(of(whose), None, (), by)
    assert (of(sleman.contributor).role, of(sleman.editor).role) == ("contributor", "editor")


def test_editor__decides_over_his_own_sections_only(sleman: Office) -> None:
    chief = person("humas", "sleman", Role.EDITOR, NEWS)
    shown = client_of(chief).get(address(of(sleman.contributor))).content.decode()
    assert "tidak berubah di sini: Direktori" in shown
    with pytest.raises(NotYoursError):
        change(of(sleman.contributor), Role.EDITOR, [DIRECTORY], chief)
    change(of(sleman.contributor), Role.EDITOR, [NEWS], chief)
    held = {one.role: one.kinds for one in sleman.contributor.memberships.current()}
    assert held == {"editor": ["news"], "contributor": ["directory"]}
    change(of(sleman.editor), None, (), chief)
    assert of(sleman.editor).kinds == ["directory"]
    record_editor = person("direktori", "sleman", Role.CONTRIBUTOR, DIRECTORY)
    answer = client_of(chief).get(address(of(record_editor)))
    assert answer.status_code in (302, 403)


def test_editor__is_not_the_last_one_to_leave_unnoticed(sleman: Office) -> None:
    client = client_of(sleman.editor)
    own = of(sleman.editor)
    shown = client.get(address(own)).content.decode()
    assert "Editor terakhir di bagian Direktori, Berita" in shown
    assert "Ini peran Anda sendiri." in shown
    answer = client.post(address(own), {"end": "1"})
    assert "tidak punya editor lagi" in answer.content.decode()
    client.post(address(own), {"role": "contributor", "kinds": ["news"]})
    assert of(sleman.editor) == own
    sleman.submitted("Menunggu")
    mail.outbox.clear()
    assert client.post(address(own), {"end": "1", "alone": "on"}).status_code == 302
    assert not sleman.editor.memberships.current().exists()
    # What waits there is the programme owners' now.
    assert [letter.to for letter in mail.outbox] == [["pemilik@contoh.go.id"]]


def test_editor__may_leave_where_another_stays(sleman: Office) -> None:
    person("kedua", "sleman", Role.EDITOR, NEWS, DIRECTORY)
    client_of(sleman.editor).post(address(of(sleman.editor)), {"end": "1"})
    assert not sleman.editor.memberships.current().exists()


def test_editor__one_who_cannot_sign_in_does_not_count(sleman: Office) -> None:
    second = person("kedua", "sleman", Role.EDITOR, NEWS, DIRECTORY)
    User.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(NotNowError):
        change(of(sleman.editor), None, (), sleman.editor)


def test_ended__twice_is_refused_in_words(sleman: Office) -> None:
    held = of(sleman.contributor)
    change(held, None, (), sleman.editor)
    with pytest.raises(NotYoursError):
        change(held, Role.EDITOR, [NEWS], sleman.editor)
    assert not sleman.contributor.memberships.current().exists()


def test_changed__to_the_same_leaves_no_history(sleman: Office) -> None:
    held = of(sleman.contributor)
    change(held, Role.CONTRIBUTOR, [NEWS, DIRECTORY], sleman.editor)
    assert of(sleman.contributor) == held


def test_ended__frees_what_lay_on_the_person_s_desk(sleman: Office) -> None:
    first, second = (person(name, name, Role.VALIDATOR, source="none") for name in ("satu", "dua"))
    record = innovation(sleman.directory, institution=sleman.institution, live=False, **SUBMITTABLE)
    record.save_revision()
    record.get_workflow().start(record, sleman.editor)
    Review.objects.filter(status="in_progress").update(assigned_to=first)
    mail.outbox.clear()
    memberships.end(of(first))
    assert Review.objects.get(status="in_progress").assigned_to is None
    assert [letter.to for letter in mail.outbox] == [[second.email]]


def test_ended__with_another_role_that_lets_him_review_keeps_his_desk(sleman: Office) -> None:
    validator = person("satu", "satu", Role.VALIDATOR, source="none")
    memberships.begin(validator, office("tiga").institution, Role.CONTRIBUTOR, [NEWS])
    record = innovation(sleman.directory, institution=sleman.institution, live=False, **SUBMITTABLE)
    record.save_revision()
    record.get_workflow().start(record, sleman.editor)
    Review.objects.filter(status="in_progress").update(assigned_to=validator)
    memberships.end(validator.memberships.current().get(role=Role.CONTRIBUTOR))
    assert Review.objects.get(status="in_progress").assigned_to == validator


@pytest.mark.parametrize("pk", ["0", "99999999999999999999"])
def test_address__of_no_membership_is_not_found(sleman: Office, pk: str) -> None:
    assert client_of(sleman.editor).get(f"/admin/anggota/peran/{pk}/", follow=True).status_code == 404


def test_invitations__are_limited_by_day_person_and_institution(
    sleman: Office, owner: User, settings: object
) -> None:
    settings.INVITATIONS_A_DAY = 2
    for number in range(2):
        invite(sleman.institution, f"orang{number}@contoh.go.id", Role.CONTRIBUTOR, [NEWS], sleman.editor)
    where = reverse("members:institution", args=[sleman.institution.pk])
    data = {"email": "lagi@contoh.go.id", "role": "contributor", "kinds": ["news"]}
    answer = client_of(sleman.editor).post(where, data)
    assert answer.status_code == 400
    assert "sudah mengirim 2 undangan" in answer.content.decode()
    assert "lagi@contoh.go.id" in answer.content.decode()
    with pytest.raises(TooManyError):
        invite(sleman.institution, "lagi@contoh.go.id", Role.CONTRIBUTOR, [NEWS], sleman.editor)
    assert Invitation.objects.count() == 2
    invite(sleman.institution, "lain@contoh.go.id", Role.CONTRIBUTOR, [NEWS], owner)
    Invitation.objects.update(invited_at=timezone.now() - DAY)
    invite(sleman.institution, "lagi@contoh.go.id", Role.CONTRIBUTOR, [NEWS], sleman.editor)


def test_members__are_paginated_in_the_same_queries(sleman: Office, settings: object) -> None:
    settings.INVITATIONS_A_DAY = 100
    where = reverse("members:institution", args=[sleman.institution.pk])

    def queries() -> int:
        client = client_of(sleman.editor)
        client.get(where)
        with CaptureQueriesContext(connection) as captured:
            client.get(where)
        return len(captured)

    invite(sleman.institution, "satu@contoh.go.id", Role.CONTRIBUTOR, [NEWS], sleman.editor)
    few = queries()
    for number in range(55):
        invite(sleman.institution, f"a{number:02}@contoh.go.id", Role.CONTRIBUTOR, [NEWS], sleman.editor)
        person(f"m{number:02}", "sleman", Role.CONTRIBUTOR, NEWS)
    assert queries() == few
    client = client_of(sleman.editor)
    first, second = (client.get(where, {"p": page, "u": page}).content.decode() for page in (1, 2))
    assert "m00@contoh.go.id" in first
    assert "m54@contoh.go.id" not in first
    assert "m54@contoh.go.id" in second
    assert "satu@contoh.go.id" in second
    assert client.get(where, {"p": "x", "u": "-3"}).status_code == 200
