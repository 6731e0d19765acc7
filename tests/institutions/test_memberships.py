"""A membership puts a person into the groups of its role, and out of them when it ends."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from accounts.models import User
from institutions import memberships
from institutions.models import Institution, Membership
from institutions.provisioning import provision, provision_portal
from institutions.roles import Role, SectionKind, Source
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sleman() -> Institution:
    make_home()
    institution = InstitutionFactory(code="sleman")
    provision(institution, [SectionKind.NEWS, SectionKind.DIRECTORY])
    provision_portal()
    return institution


@pytest.fixture
def user() -> User:
    return User.objects.create_user("ani", "ani@contoh.go.id", "rahasia")


def groups(user: User) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


def test_begin__puts_a_person_into_the_groups_of_the_role(sleman: Institution, user: User) -> None:
    memberships.begin(user, sleman, Role.EDITOR, [SectionKind.NEWS])
    assert groups(user) == ["sleman · editor · news"]
    memberships.begin(user, sleman, Role.EDITOR, [SectionKind.DIRECTORY])
    assert groups(user) == ["sleman · editor · directory", "sleman · editor · news"]
    assert Membership.objects.count() == 1


def test_end__takes_the_groups_away_and_keeps_the_row(sleman: Institution, user: User) -> None:
    own = Group.objects.create(name="Panitia")
    user.groups.add(own)
    editor = memberships.begin(user, sleman, Role.EDITOR, [SectionKind.NEWS])
    memberships.begin(user, sleman, Role.VALIDATOR, source=Source.IGA)
    memberships.end(editor, by=user)
    assert groups(user) == ["Panitia", "portal · validator · iga"]
    ended = Membership.objects.get(role=Role.EDITOR)
    assert ended.ended_at is not None
    assert ended.ended_by == user
    first = ended.ended_at
    memberships.end(ended)
    assert Membership.objects.get(role=Role.EDITOR).ended_at == first


def test_begin__again_after_an_end_is_a_new_row(sleman: Institution, user: User) -> None:
    memberships.end(memberships.begin(user, sleman, Role.CONTRIBUTOR, [SectionKind.NEWS]))
    memberships.begin(user, sleman, Role.CONTRIBUTOR, [SectionKind.NEWS])
    assert [one.ended_at is None for one in Membership.objects.order_by("pk")] == [False, True]


def test_administrator__is_a_superuser_as_long_as_the_membership(sleman: Institution, user: User) -> None:
    membership = memberships.begin(user, sleman, Role.ADMINISTRATOR)
    user.refresh_from_db()
    assert (user.is_superuser, groups(user)) == (True, [])
    memberships.end(membership)
    user.refresh_from_db()
    assert not user.is_superuser


def test_apply__leaves_a_superuser_made_by_command_alone(sleman: Institution) -> None:
    root = User.objects.create_superuser("akar", "akar@contoh.go.id", "rahasia")
    memberships.end(memberships.begin(root, sleman, Role.EDITOR, [SectionKind.NEWS]))
    root.refresh_from_db()
    assert root.is_superuser


def test_apply__leaves_a_former_administrator_made_anew_by_command_alone(
    sleman: Institution, user: User
) -> None:
    memberships.end(memberships.begin(user, sleman, Role.ADMINISTRATOR))
    User.objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
    user.refresh_from_db()
    memberships.end(memberships.begin(user, sleman, Role.EDITOR, [SectionKind.NEWS]))
    user.refresh_from_db()
    assert user.is_superuser


def test_administrator__stays_one_by_another_membership(sleman: Institution, user: User) -> None:
    first = memberships.begin(user, sleman, Role.ADMINISTRATOR)
    second = memberships.begin(user, InstitutionFactory(code="bantul"), Role.ADMINISTRATOR)
    memberships.end(first)
    user.refresh_from_db()
    assert user.is_superuser
    memberships.end(second)
    user.refresh_from_db()
    assert not user.is_superuser


@pytest.mark.parametrize(
    ("role", "kinds", "source", "message"),
    [
        (Role.EDITOR, [], "", "sedikitnya satu bagian"),
        (Role.EDITOR, [SectionKind.GUIDES], "", "belum memiliki bagian: Panduan"),
        (Role.EDITOR, [SectionKind.NEWS], Source.IGA, "hanya bagi validator"),
        (Role.VALIDATOR, [], "", "Sebutkan sumber"),
        (Role.VALIDATOR, [], "lain", "“lain” tidak dikenal"),
        (Role.PROGRAMME_OWNER, [SectionKind.NEWS], "", "seluruh portal"),
    ],
)
def test_begin__refuses_what_does_not_go_together(
    sleman: Institution, user: User, role: Role, kinds: list[SectionKind], source: str, message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        memberships.begin(user, sleman, role, kinds, source)
    assert not Membership.objects.exists()
    assert groups(user) == []


def test_begin__refuses_sections_of_an_institution_that_does_not_write(user: User) -> None:
    with pytest.raises(ValidationError, match="belum memiliki bagian"):
        memberships.begin(user, InstitutionFactory(), Role.EDITOR, [SectionKind.NEWS])
