"""Signing in and out, failures, lockouts and new passwords leave entries, and no secret in them."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import ModelLogEntry

from accounts import audit
from accounts.models import User

pytestmark = pytest.mark.django_db

RIGHT = "kuda-lumping-biru-7"
NEW = "gunung-kelud-hijau-9"
LIMIT = 3


@pytest.fixture(autouse=True)
def ani(settings: Settings) -> User:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = LIMIT
    return User.objects.create_superuser("ani", "ani@contoh.go.id", RIGHT)


def sign_in(client: Client, name: str = "ani", password: str = "salah", **meta: str) -> None:
    client.post(reverse("wagtailadmin_login"), {"username": name, "password": password}, **meta)


def entries() -> list[tuple[str, str, str | None]]:
    """Action, label and person; every one of just now."""
    found = ModelLogEntry.objects.order_by("pk")
    assert all(abs(timezone.now() - entry.timestamp) < timedelta(minutes=1) for entry in found)
    return [(entry.action, entry.label, entry.user.username if entry.user_id else None) for entry in found]


def test_sign_in_and_out__leave_entries(client: Client) -> None:
    sign_in(client, password=RIGHT)
    client.post(reverse("wagtailadmin_logout"))
    assert entries() == [(audit.SIGN_IN, "ani", "ani"), (audit.SIGN_OUT, "ani", "ani")]


def test_failure__has_the_account_and_the_address_and_no_person(client: Client, ani: User) -> None:
    sign_in(client, REMOTE_ADDR="10.0.0.9")
    assert entries() == [(audit.FAILURE, "ani", None)]
    entry = ModelLogEntry.objects.get()
    assert (entry.object_id, entry.data) == (str(ani.pk), {"address": "10.0.0.9"})


@pytest.mark.parametrize("typed", [RIGHT, "a\0b", "=1+1", ""])
def test_failure__what_was_typed_as_an_unknown_name_is_not_kept(client: Client, typed: str) -> None:
    sign_in(client, typed, "x")
    found = ModelLogEntry.objects.all()
    assert all(entry.label == "(akun tidak dikenal)" for entry in found)
    assert not typed or typed not in json.dumps([entry.data for entry in found])
    client.force_login(User.objects.get())
    assert client.get(reverse("audit:index")).status_code == 200
    # Wagtail's own report looks for the object of every entry.
    assert client.get(reverse("wagtailadmin_reports:site_history")).status_code == 200


def test_lockout__is_noted_when_it_begins_and_only_then(client: Client) -> None:
    for _number in range(LIMIT + 3):
        sign_in(client, REMOTE_ADDR="10.0.0.9")
    sign_in(client, password=RIGHT)
    actions = [action for action, _label, _person in entries()]
    assert sorted(actions) == [audit.LOCKOUT] + [audit.FAILURE] * LIMIT
    assert ModelLogEntry.objects.get(action=audit.LOCKOUT).data == {"address": "10.0.0.9"}


def test_old_failures__go_and_nothing_else(client: Client) -> None:
    for _number in range(LIMIT):
        sign_in(client)
    sign_in(Client(), "budi", RIGHT)
    audit._signed_in(None, User.objects.get())
    before = timezone.now() - timedelta(days=audit.KEPT_DAYS + 1)
    ModelLogEntry.objects.update(timestamp=before)
    sign_in(Client(), "lain", "x", REMOTE_ADDR="10.0.0.7")
    audit.drop_old()
    found = ModelLogEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(found) == [audit.SIGN_IN, audit.FAILURE]


def test_password__changed_in_the_account(client: Client, ani: User) -> None:
    client.force_login(ani)
    response = client.get(reverse("wagtailadmin_account"))
    form = response.context["panels_by_tab"]
    said = {
        f"{panel.name}-{name}": field.value() or ""
        for panels in form.values()
        for panel in panels
        for name, field in ((field.name, field) for field in panel.get_form())
    }
    said |= {"name_email-first_name": "Ani", "name_email-last_name": "Suci"}
    said |= {"password-old_password": RIGHT, "password-new_password1": NEW, "password-new_password2": NEW}
    assert client.post(reverse("wagtailadmin_account"), said).status_code == 302
    ani.refresh_from_db()
    assert ani.check_password(NEW)
    assert (audit.PASSWORD, "Ani Suci", "ani") in entries()
    assert not re.search(f"{RIGHT}|{NEW}", json.dumps(list(ModelLogEntry.objects.values("label", "data"))))


def test_password__forgotten_and_set_by_a_link(client: Client, ani: User) -> None:
    client.post(reverse("wagtailadmin_password_reset"), {"email": ani.email})
    (path,) = re.findall(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)
    address = client.get(path, follow=True).request["PATH_INFO"]
    client.post(address, {"new_password1": NEW, "new_password2": NEW})
    ani.refresh_from_db()
    assert ani.check_password(NEW)
    assert (audit.PASSWORD, "ani", "ani") in entries()


def test_password__set_for_somebody_else_names_who_did_it(client: Client, ani: User) -> None:
    budi = User.objects.create_user("budi", "budi@contoh.go.id", RIGHT)
    client.force_login(ani)
    said = {
        "username": "budi", "email": budi.email, "first_name": "B", "last_name": "S", "is_active": "on",
        "password1": NEW, "password2": NEW,
    }  # fmt: skip
    assert client.post(reverse("wagtailusers_users:edit", args=[budi.pk]), said).status_code == 302
    assert (audit.PASSWORD, "B S", "ani") in entries()


def test_password__a_new_account_or_another_hash_is_none(settings: Settings, ani: User) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    User.objects.create_user("budi", "budi@contoh.go.id", RIGHT)
    old = ani.password
    assert ani.check_password(RIGHT)
    assert ani.password != old or "pbkdf2" in old
    ani.save()
    assert entries() == []
