"""Guessing passwords leads nowhere; weak ones are refused."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts import lockout
from accounts.models import User

pytestmark = pytest.mark.django_db

RIGHT = "kuda-lumping-biru-7"
LIMIT = 4


@pytest.fixture(autouse=True)
def _brake(settings: Settings) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = LIMIT


@pytest.fixture(autouse=True)
def ani() -> User:
    return User.objects.create_superuser("ani", "ani@contoh.go.id", RIGHT)


def sign_in(client: Client, name: str = "ani", password: str = "salah", **meta: str) -> HttpResponse:
    return client.post(reverse("wagtailadmin_login"), {"username": name, "password": password}, **meta)


def test_lockout__of_a_name_from_wherever_it_is_tried(client: Client) -> None:
    for number in range(LIMIT):
        sign_in(client, REMOTE_ADDR=f"10.0.0.{number}")
    response = sign_in(client, password=RIGHT, REMOTE_ADDR="10.0.0.99")
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "setelah 15 menit" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_lockout__of_an_address_whatever_name_it_tries(client: Client) -> None:
    for number in range(LIMIT):
        sign_in(client, f"orang-{number}", REMOTE_ADDR="10.0.0.1")
    assert sign_in(client, password=RIGHT, REMOTE_ADDR="10.0.0.1").status_code == 429
    # Somebody else, elsewhere, notices nothing.
    assert sign_in(client, password=RIGHT, REMOTE_ADDR="10.0.0.2").status_code == 302


def test_lockout__names_nobody_has_are_treated_alike(client: Client) -> None:
    def answers(name: str) -> list[int]:
        return [
            sign_in(client, name, REMOTE_ADDR=f"10.1.{len(name)}.1").status_code for _ in range(LIMIT + 1)
        ]

    assert answers("ani") == answers("tidak-ada")


def test_lockout__is_not_evaded_by_a_header(client: Client) -> None:
    for number in range(LIMIT):
        sign_in(client, f"orang-{number}", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    assert sign_in(client, password=RIGHT).status_code == 429


def test_lockout__behind_our_proxy_counts_who_it_names(client: Client, settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for number in range(LIMIT):
        sign_in(client, f"orang-{number}", HTTP_X_FORWARDED_FOR=f"1.1.1.{number}, 10.0.0.1")
    assert sign_in(client, password=RIGHT, HTTP_X_FORWARDED_FOR="9.9.9.9, 10.0.0.1").status_code == 429
    assert sign_in(client, password=RIGHT, HTTP_X_FORWARDED_FOR="10.0.0.2").status_code == 302


def test_lockout__ends_and_is_not_drawn_out_by_trying_on(client: Client) -> None:
    for _number in range(LIMIT):
        sign_in(client)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert sign_in(client, password=RIGHT).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client, password=RIGHT).status_code == 302


def test_lockout__a_success_clears_what_was_before(client: Client) -> None:
    for _turn in range(2):
        for _number in range(LIMIT - 1):
            assert sign_in(client).status_code == 200
        assert sign_in(client, password=RIGHT).status_code == 302
        client.logout()


def test_lockout__a_success_leaves_what_others_failed_from_that_address(client: Client) -> None:
    User.objects.create_user("mal", "mal@contoh.go.id", RIGHT)
    answers = []
    for _turn in range(2):
        answers += [sign_in(client).status_code for _number in range(LIMIT - 1)]
        sign_in(Client(), name="mal", password=RIGHT)
    assert 429 in answers


def test_records_of_sign_ins__are_dropped_after_a_while(client: Client) -> None:
    sign_in(client, password=RIGHT)
    AccessLog.objects.update(attempt_time=timezone.now() - timedelta(days=91))
    client.logout()
    sign_in(client, password=RIGHT)
    lockout.drop_old()
    assert AccessLog.objects.count() == 1


@pytest.mark.parametrize("password", ["pendek-7", "123456789012", "password1234", "ani@contoh.go.id"])
def test_password__weak_ones_are_refused(ani: User, password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, ani)


def test_password__a_long_one_is_taken(ani: User) -> None:
    validate_password(RIGHT, ani)
