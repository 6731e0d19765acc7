"""Administrators judge their own institution's record only where nobody from outside may."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from directory.choices import Source as RecordSource
from directory.validating.queue import reviews_for
from directory.validating.settling import settle
from directory.validating.validators import may_validate, stand_ins_for
from institutions import memberships
from institutions.models.review import APPROVE
from institutions.refusals import NotYoursError
from institutions.roles import Role, Source
from tests.factories.offices import DIRECTORY, Office, client_of, office, person, portal
from tests.factories.validating import validator, with_validators

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return portal()


@pytest.fixture
def alfa(owner: User) -> Office:
    return office("alfa", DIRECTORY)


@pytest.fixture
def own(alfa: Office) -> User:
    """An administrator of the office."""
    return person("orang-dalam", "alfa", Role.ADMINISTRATOR)


def gone(user: User) -> None:
    for membership in user.memberships.current():
        memberships.end(membership)


def outsider(kind: str) -> User:
    if kind == "validator":
        return validator(source=Source.KIPP)
    role = Role.PROGRAMME_OWNER if kind == "programme owner" else Role.ADMINISTRATOR
    return person("orang-luar", "pusat", role)


@pytest.mark.parametrize("kind", ["validator", "programme owner", "administrator"])
def test_administrator__leaves_the_own_record_to_others(
    alfa: Office, owner: User, own: User, kind: str
) -> None:
    page, review = with_validators(alfa, RecordSource.KIPP)
    other = outsider(kind)
    gone(owner)
    assert may_validate(page, other)
    assert not may_validate(page, own)
    assert list(reviews_for(own)) == []
    with pytest.raises(NotYoursError):
        settle(review, own, APPROVE)
    answer = client_of(own).get(reverse("validating:review", args=[review.pk]), follow=True)
    assert answer.status_code == 404
    # Another institution's is his as before.
    _page, theirs = with_validators(office("beta", DIRECTORY), RecordSource.KIPP)
    assert [one.pk for one in reviews_for(own)] == [theirs.pk]


@pytest.mark.parametrize("left", ["nobody", "validator of another source", "closed account"])
def test_administrator__is_the_last_who_can(alfa: Office, owner: User, own: User, left: str) -> None:
    page, review = with_validators(alfa, RecordSource.KIPP)
    if left == "validator of another source":
        validator(source=Source.IGA)
    elif left == "closed account":
        other = outsider("administrator")
        other.is_active = False
        other.save()
    gone(owner)
    assert [one.pk for one in reviews_for(own)] == [review.pk]
    settle(review, own, APPROVE)
    page.refresh_from_db()
    assert page.live


def test_stand_in__is_an_administrator_from_outside_if_there_is_one(
    alfa: Office, owner: User, own: User
) -> None:
    gone(owner)
    page, _review = with_validators(alfa)
    assert list(stand_ins_for(page)) == [own]
    other = outsider("administrator")
    assert list(stand_ins_for(page)) == [other]
    mail.outbox.clear()
