"""Members are invited by mail: within the inviter's own institution and sections, once, for a week."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from institutions import memberships
from institutions.inviting.letters import VALID, InvitationLapsedError, accept, invite, read, withdraw
from institutions.log import WITHDRAW
from institutions.models import Institution, Invitation, Membership
from institutions.provisioning import provision, provision_portal
from institutions.refusals import NotYoursError
from institutions.roles import Role, SectionKind
from tests.factories.directory import directory_index
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory
from tests.factories.news import news_index

pytestmark = pytest.mark.django_db

NEWS, DIRECTORY = SectionKind.NEWS, SectionKind.DIRECTORY
GOOD = {
    "first_name": "Ani",
    "job_title": "Pranata humas",
    "password": "empat-kata-yang-panjang",
    "repeated": "empat-kata-yang-panjang",
}


@pytest.fixture
def sleman() -> Institution:
    make_home()
    news_index(), directory_index()
    provision_portal()
    for code in ("sleman", "bantul"):
        provision(InstitutionFactory(code=code), [NEWS, DIRECTORY])
    return Institution.objects.get(code="sleman")


def person(name: str, code: str, role: Role, *kinds: SectionKind) -> User:
    user = User.objects.create_user(name, f"{name}@contoh.go.id", "rahasia")
    memberships.begin(user, InstitutionFactory(code=code), role, kinds)
    return user


@pytest.fixture
def editor(sleman: Institution) -> User:
    return person("editor", "sleman", Role.EDITOR, NEWS)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, "accounts.backends.PortalBackend")
    return client


def link() -> str:
    """The path in the last mail."""
    found = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)
    assert found
    return found.group(1)


def token() -> str:
    return link().rstrip("/").split("/")[-1]


def sent(sleman: Institution, editor: User, email: str = "Ani@Contoh.go.id") -> Invitation:
    return invite(sleman, email, Role.CONTRIBUTOR, [NEWS], editor)


def test_invited__makes_an_account_and_is_a_member(sleman: Institution, editor: User) -> None:
    address = reverse("members:institution", args=[sleman.pk])
    data = {"email": "ani@contoh.go.id", "role": "contributor", "kinds": ["news"]}
    assert client_of(editor).post(address, data).status_code == 302
    assert mail.outbox[-1].to == ["ani@contoh.go.id"]
    client = Client()
    shown = client.get(link())
    assert shown.status_code == 200
    assert shown.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in shown.headers["Cache-Control"]
    assert Invitation.objects.get().accepted_at is None
    assert client.post(link(), GOOD).status_code == 302
    user = User.objects.get(email="ani@contoh.go.id")
    assert (user.first_name, user.job_title) == ("Ani", "Pranata humas")
    assert user.check_password(GOOD["password"])
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    member = Membership.objects.get(user=user)
    assert (member.role, member.kinds, member.started_by) == ("contributor", ["news"], editor)
    assert [group.name for group in user.groups.all()] == ["sleman · contributor · news"]


@pytest.mark.parametrize(
    ("role", "kinds", "code"),
    [
        (Role.CONTRIBUTOR, [DIRECTORY], "sleman"),
        (Role.EDITOR, [NEWS, DIRECTORY], "sleman"),
        (Role.EDITOR, [NEWS], "bantul"),
        (Role.VALIDATOR, [NEWS], "sleman"),
        (Role.PROGRAMME_OWNER, [], "sleman"),
        (Role.ADMINISTRATOR, [], "sleman"),
        (Role.EDITOR, [], "sleman"),
    ],
)
def test_editor__invites_within_his_own_sections_only(
    editor: User, role: Role, kinds: list[SectionKind], code: str
) -> None:
    with pytest.raises(NotYoursError):
        invite(Institution.objects.get(code=code), "ani@contoh.go.id", role, kinds, editor)
    client = client_of(editor)
    address = reverse("members:institution", args=[Institution.objects.get(code=code).pk])
    client.post(address, {"email": "ani@contoh.go.id", "role": role, "kinds": kinds})
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_contributor__invites_nobody(sleman: Institution) -> None:
    contributor = person("penulis", "sleman", Role.CONTRIBUTOR, NEWS)
    client = client_of(contributor)
    assert "anggota" not in client.get(reverse("wagtailadmin_home")).content.decode()
    data = {"email": "ani@contoh.go.id", "role": "editor", "kinds": ["news"]}
    client.post(reverse("members:institution", args=[sleman.pk]), data)
    assert not Invitation.objects.exists()


def test_programme_owner__invites_to_any_institution(sleman: Institution) -> None:
    owner = person("pemilik", "pusat", Role.PROGRAMME_OWNER)
    invite(sleman, "ani@contoh.go.id", Role.EDITOR, [NEWS, DIRECTORY], owner)
    page = client_of(owner).get(reverse("members:index")).content.decode()
    assert str(sleman) in page
    assert "Instansi bantul" in page


def gone(path: str) -> None:
    for method in ("get", "post"):
        answer = getattr(Client(), method)(path, GOOD)
        assert answer.status_code == 410
        assert "tidak berlaku lagi" in answer.content.decode()
    assert not User.objects.filter(email="ani@contoh.go.id").exists()
    assert not Membership.objects.filter(role=Role.CONTRIBUTOR).exists()


def test_expired__is_refused_in_words(sleman: Institution, editor: User) -> None:
    sent(sleman, editor)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    gone(link())


def test_withdrawn__is_refused_in_words(sleman: Institution, editor: User) -> None:
    invitation = sent(sleman, editor)
    client_of(editor).post(reverse("members:take_back", args=[invitation.pk]))
    gone(link())


def test_forged__is_refused_in_words(sleman: Institution, editor: User) -> None:
    invitation = sent(sleman, editor)
    for forged in (invitation.token_hash, "x" * 43, "é", "a%00b"):
        gone(f"/id/undangan/{forged}/")


def test_invited_again__lapses_the_earlier_one(sleman: Institution, editor: User) -> None:
    sent(sleman, editor)
    first = link()
    sent(sleman, editor)
    gone(first)
    assert Client().get(link()).status_code == 200


def test_inviter__who_is_no_editor_any_more(sleman: Institution, editor: User) -> None:
    sent(sleman, editor)
    memberships.end(editor.memberships.get())
    gone(link())


def test_used__is_not_used_again(sleman: Institution, editor: User) -> None:
    sent(sleman, editor)
    Client().post(link(), GOOD)
    other = Client().post(link(), GOOD | {"first_name": "Lain"})
    assert other.status_code == 410
    user = User.objects.get(email="ani@contoh.go.id")
    with pytest.raises(InvitationLapsedError):
        accept(token(), user)
    assert Membership.objects.filter(user=user).count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"repeated": "lain-sama-sekali-ini"}, "Kata sandi sekali lagi"),
        ({"password": "12345678", "repeated": "12345678"}, "Kata sandi"),
        ({"first_name": ""}, "Nama depan"),
    ],
)
def test_form__says_what_is_wrong_and_keeps_the_rest(
    sleman: Institution, editor: User, wrong: dict[str, str], field: str
) -> None:
    sent(sleman, editor)
    answer = Client().post(link(), GOOD | wrong)
    assert answer.status_code == 422
    assert field in answer.content.decode()
    assert "Pranata humas" in answer.content.decode()
    assert not User.objects.filter(email="ani@contoh.go.id").exists()
    assert read(token())


def test_known__signs_in_and_accepts(sleman: Institution, editor: User) -> None:
    ani = User.objects.create_user("ani", "ani@contoh.go.id", "rahasia")
    sent(sleman, editor)
    page = Client().get(link()).content.decode()
    assert f"/admin/login/?next={link()}" in page
    assert Client().post(link(), GOOD).status_code == 200
    assert not ani.memberships.exists()
    client = client_of(ani)
    assert client.post(link()).status_code == 302
    assert ani.memberships.get().institution == sleman
    ani.refresh_from_db()
    assert ani.check_password("rahasia")


def test_known__whose_account_is_off_is_told_whom_to_ask(sleman: Institution, editor: User) -> None:
    ani = User.objects.create_user("ani", "ani@contoh.go.id", "rahasia", is_active=False)
    sent(sleman, editor)
    for answer in (Client().get(link()), Client().post(link(), GOOD)):
        shown = answer.content.decode()
        assert "Minta pengelola portal mengaktifkannya lagi" in shown
        assert "/admin/login/" not in shown
    assert not ani.memberships.exists()
    ani.is_active = True
    ani.save()
    assert client_of(ani).post(link()).status_code == 302
    assert ani.memberships.exists()


def test_known__with_an_account_that_is_off_and_one_that_is_not(sleman: Institution, editor: User) -> None:
    User.objects.create_user("lama", "ANI@contoh.go.id", "rahasia", is_active=False)
    User.objects.create_user("ani", "ani@contoh.go.id", "rahasia")
    sent(sleman, editor)
    assert "/admin/login/" in Client().get(link()).content.decode()


def test_known__is_not_taken_over_by_another_account(sleman: Institution, editor: User) -> None:
    ani = User.objects.create_user("ani", "ani@contoh.go.id", "rahasia")
    other = User.objects.create_user("lain", "lain@contoh.go.id", "rahasia")
    sent(sleman, editor)
    answer = client_of(other).post(link(), GOOD)
    assert "akun lain" in answer.content.decode()
    with pytest.raises(InvitationLapsedError):
        accept(token(), other)
    assert not ani.memberships.exists()
    assert not other.memberships.exists()
    assert read(token())


def test_withdrawing__another_institution_s_is_refused(sleman: Institution, editor: User) -> None:
    invitation = sent(sleman, editor)
    foreign = person("asing", "bantul", Role.EDITOR, NEWS)
    client_of(foreign).post(reverse("members:take_back", args=[invitation.pk]))
    with pytest.raises(NotYoursError):
        withdraw(invitation, foreign)
    assert Client().get(link()).status_code == 200
    assert timedelta(days=6) < invitation.expires_at - timezone.now() <= VALID


@pytest.mark.parametrize("kinds", [[DIRECTORY], [NEWS, DIRECTORY]])
def test_withdrawing__to_a_section_one_does_not_edit_is_refused(
    sleman: Institution, editor: User, kinds: list[SectionKind]
) -> None:
    both = person("kepala", "sleman", Role.EDITOR, NEWS, DIRECTORY)
    invitation = invite(sleman, "ani@contoh.go.id", Role.CONTRIBUTOR, kinds, both)
    take_back = reverse("members:take_back", args=[invitation.pk])
    members = reverse("members:institution", args=[sleman.pk])
    assert take_back not in client_of(editor).get(members).content.decode()
    told = client_of(editor).post(take_back, follow=True).content.decode()
    assert "Anda hanya dapat menarik undangan ke bagian yang Anda kelola sendiri." in told
    assert Client().get(link()).status_code == 200
    assert take_back in client_of(both).get(members).content.decode()
    client_of(both).post(take_back)
    gone(link())


def test_invited_again__to_other_sections_leaves_the_earlier_one(sleman: Institution, editor: User) -> None:
    both = person("kepala", "sleman", Role.EDITOR, NEWS, DIRECTORY)
    invite(sleman, "ani@contoh.go.id", Role.CONTRIBUTOR, [DIRECTORY], both)
    first = link()
    sent(sleman, editor)
    assert Client().get(first).status_code == 200
    assert Client().get(link()).status_code == 200
    assert not ModelLogEntry.objects.filter(action=WITHDRAW).exists()


def test_invited_again__to_more_notes_what_lapses(sleman: Institution, editor: User) -> None:
    earlier = sent(sleman, editor)
    both = person("kepala", "sleman", Role.EDITOR, NEWS, DIRECTORY)
    invite(sleman, "ani@contoh.go.id", Role.CONTRIBUTOR, [NEWS, DIRECTORY], both)
    entry = ModelLogEntry.objects.get(action=WITHDRAW)
    assert (entry.object_id, entry.user) == (str(earlier.pk), both)


def test_members__of_others_are_not_listed(sleman: Institution, editor: User) -> None:
    person("rahasia-bantul", "bantul", Role.CONTRIBUTOR, NEWS)
    page = client_of(editor).get(reverse("members:index"), follow=True).content.decode()
    assert "editor@contoh.go.id" in page
    assert "rahasia-bantul" not in page
    bantul = Institution.objects.get(code="bantul")
    answer = client_of(editor).get(reverse("members:institution", args=[bantul.pk]))
    assert "rahasia-bantul" not in answer.content.decode()
