"""The demo account is a known password: it must exist and work in demo mode only."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.demo import DEMO_PASSWORD, DEMO_USERNAME, create_demo_account
from accounts.models import User

pytestmark = pytest.mark.django_db


def test_command__refuses_outside_demo_mode(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("create_demo_account")
    assert not User.objects.exists()


def test_command__twice_is_one_account(settings: Settings) -> None:
    settings.DEMO = True
    call_command("create_demo_account")
    before = User.objects.values().get()
    call_command("create_demo_account")
    assert User.objects.values().get() == before
    assert authenticate(username=DEMO_USERNAME, password=DEMO_PASSWORD)


def test_account__opens_nothing_once_demo_mode_is_off(settings: Settings, client: Client) -> None:
    settings.DEMO = True
    create_demo_account()
    client.login(username=DEMO_USERNAME, password=DEMO_PASSWORD)
    assert client.get("/admin/").status_code == 200

    settings.DEMO = False
    assert client.get("/admin/").status_code == 302
    assert authenticate(username=DEMO_USERNAME, password=DEMO_PASSWORD) is None


def test_account__others_sign_in_without_demo_mode(settings: Settings) -> None:
    settings.DEMO = False
    User.objects.create_user("siti", email="siti@example.go.id", password="rahasia-siti")
    assert authenticate(username="siti", password="rahasia-siti")
