"""Who is the last to be asked for an approval leaves, or his account is closed: others are told at once."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from directory.choices import Source as RecordSource
from institutions import memberships
from institutions.lifecycle.merging import merge
from institutions.models import Review
from institutions.models.review import HAND_ON
from institutions.roles import Role, Source
from tests.factories.offices import DIRECTORY, NEWS, Office, client_of, office, person, portal
from tests.factories.validating import validator, with_validators
from tests.institutions.test_merging import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return portal()


@pytest.fixture
def alfa(owner: User) -> Office:
    return office("alfa", DIRECTORY, NEWS)


@pytest.fixture
def administrator() -> User:
    return User.objects.create_superuser("admin", "admin@contoh.go.id", "x")


def told() -> list[tuple[str, str]]:
    """Who, of what; in the order of names."""
    found = sorted((one.to[0].split("@")[0], one.subject.split(": ")[1]) for one in mail.outbox)
    mail.outbox.clear()
    return found


def leaves(user: User, way: str, administrator: User) -> None:
    """His role ends, or his account is closed in one of the ways there are."""
    if way == "role":
        memberships.end(user.memberships.get())
    elif way == "account":
        user.is_active = False
        user.save()
    else:
        address = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
        answer = client_of(administrator).post(f"{address}?id={user.pk}", {"mark_as_active": "False"})
        assert answer.status_code == 302
    user.refresh_from_db()


WAYS = ["role", "account", "many accounts"]


@pytest.mark.parametrize("way", WAYS)
def test_last__validator_leaves_and_programme_owners_are_told(
    alfa: Office, owner: User, administrator: User, way: str
) -> None:
    last = validator(source=Source.KIPP)
    with_validators(alfa, RecordSource.KIPP)
    validator("lain", source=Source.IGA)
    with_validators(alfa, RecordSource.IGA, title="Milik yang lain")
    leaves(last, way, administrator)
    assert told() == [("pemilik", "Layanan ibu")]


@pytest.mark.parametrize("way", WAYS)
def test_validator__who_is_not_the_last_leaves_and_nobody_is_told(
    alfa: Office, administrator: User, way: str
) -> None:
    leaving = validator(source=Source.KIPP)
    validator("rekan", source=Source.KIPP)
    with_validators(alfa, RecordSource.KIPP)
    leaves(leaving, way, administrator)
    assert told() == []


@pytest.mark.parametrize("way", WAYS)
def test_last__validator_with_a_record_on_his_desk_is_told_of_once(
    alfa: Office, owner: User, administrator: User, way: str
) -> None:
    last = validator(source=Source.KIPP)
    _page, review = with_validators(alfa, RecordSource.KIPP)
    review.task.specific.on_action(review, owner, HAND_ON, to=last.pk)
    mail.outbox.clear()
    leaves(last, way, administrator)
    assert told() == [("pemilik", "Layanan ibu")]
    assert Review.objects.get(pk=review.pk).assigned_to is None


@pytest.mark.parametrize("way", WAYS)
def test_last__programme_owner_leaves_and_administrators_are_told(
    alfa: Office, owner: User, administrator: User, way: str
) -> None:
    with_validators(alfa)
    alfa.submitted("Punya editor")
    mail.outbox.clear()
    leaves(owner, way, administrator)
    assert told() == [("admin", "Layanan ibu")]


@pytest.mark.parametrize("way", WAYS[1:])
def test_last__editor_whose_account_is_closed_leaves_to_programme_owners(
    alfa: Office, owner: User, administrator: User, way: str
) -> None:
    alfa.submitted("Berita menunggu")
    mail.outbox.clear()
    leaves(alfa.editor, way, administrator)
    assert told() == [("pemilik", "Berita menunggu")]


def test_both__validators_closed_at_once_leave_to_programme_owners(alfa: Office, administrator: User) -> None:
    both = [validator(name, source=Source.KIPP) for name in ("satu", "dua")]
    with_validators(alfa, RecordSource.KIPP)
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    query = "&".join(f"id={one.pk}" for one in both)
    client_of(administrator).post(f"{address}?{query}", {"mark_as_active": "False"})
    assert told() == [("pemilik", "Layanan ibu")]


def test_validator__whose_role_moves_with_his_institution_is_asked_still(alfa: Office, owner: User) -> None:
    beta = office("beta", DIRECTORY)
    person("validator", "beta", Role.VALIDATOR, source=Source.KIPP)
    with_validators(alfa, RecordSource.KIPP)
    merge(beta.institution, office("gama", DIRECTORY).institution, owner, "Perpres", TODAY)
    assert told() == []


def test_account__saved_otherwise_or_opened_again_tells_nobody(alfa: Office) -> None:
    last = validator(source=Source.KIPP)
    with_validators(alfa, RecordSource.KIPP)
    last.first_name = "Rahma"
    last.save()
    last.is_active = False
    last.save()
    mail.outbox.clear()
    last.job_title = "Analis"
    last.save()
    last.is_active = True
    last.save()
    assert told() == []
