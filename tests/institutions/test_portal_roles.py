"""Validators, programme owners and administrators are appointed by administrators, and dismissed."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.models import User
from institutions import memberships
from institutions.models import Institution, Membership
from institutions.roles import Role
from tests.factories.institutions import InstitutionFactory
from tests.factories.offices import client_of, office, person, portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> Institution:
    portal()
    return InstitutionFactory(code="kementerian")


@pytest.fixture
def administrator(ministry: Institution) -> User:
    return person("admin", "kementerian", Role.ADMINISTRATOR)


@pytest.fixture
def budi(ministry: Institution) -> User:
    return User.objects.create_user("budi", "Budi@contoh.go.id", "rahasia")


def said(at: Institution, **changed: str) -> dict[str, object]:
    return {
        "email": "budi@contoh.go.id", "role": "validator", "source": "kipp",
        "institution": at.pk, **changed,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "source"), [("validator", "iga"), ("programme-owner", ""), ("administrator", "")]
)
def test_role__given_and_ended(
    ministry: Institution, administrator: User, budi: User, role: str, source: str
) -> None:
    client = client_of(administrator)
    address = reverse("members:portal")
    answer = client.post(address, said(ministry, role=role, source=source))
    assert answer.status_code == 302
    held = budi.memberships.current().get()
    assert (held.role, held.source, held.institution, held.started_by) == (
        role,
        source,
        ministry,
        administrator,
    )
    budi.refresh_from_db()
    assert budi.is_superuser == (role == "administrator")
    assert memberships.holds(budi, Role(role)) == (role != "administrator")
    assert budi.email in client.get(address).content.decode()
    assert client.post(reverse("members:end_portal", args=[held.pk])).status_code == 302
    assert not budi.memberships.current().exists()
    budi.refresh_from_db()
    assert not budi.is_superuser
    assert ModelLogEntry.objects.filter(user=administrator, data__user_id=budi.pk).count() == 2


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"email": "tiada@contoh.go.id"}, "Belum ada akun aktif dengan surel ini."),
        ({"source": ""}, "Sebutkan sumber bagi validator"),
        ({"role": "programme-owner"}, "Sebutkan sumber bagi validator, dan hanya bagi validator."),
        ({"role": "editor", "source": ""}, "editor"),
        ({"institution": "99999999999999999999999"}, "tidak"),
        ({"email": "a\0b@contoh.go.id"}, "null"),
    ],
)
def test_role__not_given(
    ministry: Institution, administrator: User, budi: User, changed: dict[str, str], message: str
) -> None:
    answer = client_of(administrator).post(reverse("members:portal"), said(ministry, **changed))
    assert answer.status_code == 400
    assert message in answer.content.decode()
    assert not budi.memberships.exists()


def test_role__ones_own_as_administrator_is_ended_by_another(administrator: User) -> None:
    own = administrator.memberships.get()
    client_of(administrator).post(reverse("members:end_portal", args=[own.pk]))
    own.refresh_from_db()
    assert own.ended_at is None


def test_role__of_a_section_is_not_ended_here(administrator: User) -> None:
    editor = office("sleman").editor
    held = editor.memberships.get()
    for number in (held.pk, 2**70):
        assert client_of(administrator).post(reverse("members:end_portal", args=[number])).status_code == 404
    assert Membership.objects.current().filter(pk=held.pk).exists()


@pytest.mark.parametrize("role", [Role.PROGRAMME_OWNER, Role.EDITOR])
def test_role__by_nobody_else(ministry: Institution, budi: User, role: Role) -> None:
    user = User.objects.get(username="pemilik") if role == Role.PROGRAMME_OWNER else office("sleman").editor
    client = client_of(user)
    client.get(reverse("members:portal"))
    assert client.post(reverse("members:portal"), said(ministry)).status_code in (302, 403)
    assert not budi.memberships.exists()
    members = client.get(reverse("members:index"), follow=True).content.decode()
    assert reverse("members:portal") not in members


def test_index__leads_administrators_there(administrator: User) -> None:
    page = client_of(administrator).get(reverse("members:index"))
    assert reverse("members:portal") in page.content.decode()
