"""A session in the admin ends: unused for two hours, or twelve hours after the sign-in."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts import sessions
from accounts.models import User
from tests.factories.cms import DocumentFactory
from tests.factories.offices import office, portal

pytestmark = pytest.mark.django_db

IDLE, WHOLE = 7_200, 43_200


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Clock:
    settings.SESSION_IDLE_SECONDS, settings.SESSION_COOKIE_AGE = IDLE, WHOLE
    clock = Clock()
    monkeypatch.setattr(sessions, "time", SimpleNamespace(time=clock))
    return clock


@pytest.fixture
def ani(clock: Clock, client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ani", "ani@contoh.go.id", "rahasia"))
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("wagtailadmin_home")).status_code == 200


def test_session__ends_when_unused(ani: Client, clock: Clock) -> None:
    assert is_in(ani)
    clock.now += IDLE - 1
    assert is_in(ani)
    clock.now += IDLE - 1
    assert is_in(ani)
    clock.now += IDLE + 1
    response = ani.get(reverse("wagtailadmin_home"), follow=True)
    assert "Sesi Anda sudah berakhir" in response.content.decode()
    assert not is_in(ani)


def test_session__ends_some_hours_after_the_sign_in_however_busy(ani: Client, clock: Clock) -> None:
    for _turn in range(WHOLE // 3600):
        clock.now += 3600
        assert is_in(ani)
    clock.now += 1
    assert not is_in(ani)


def test_session__an_editor_left_open_is_nobody_at_work(ani: Client, clock: Clock) -> None:
    assert is_in(ani)
    for _turn in range(3):
        clock.now += IDLE // 2
        ani.post("/admin/editing-sessions/ping/wagtailcore/page/1/1/")
    assert not is_in(ani)


def test_session__that_ended_shows_nothing_more_among_readers_pages(ani: Client, clock: Clock) -> None:
    portal()
    document = DocumentFactory(collection=office("alfa").institution.workspace.collection)
    assert is_in(ani)
    assert ani.get(document.url).status_code == 200
    clock.now += IDLE + 1
    assert ani.get(document.url, follow=True).status_code == 404
    assert not is_in(ani)


def test_session__signing_in_again_begins_anew(ani: Client, clock: Clock) -> None:
    assert is_in(ani)
    clock.now += IDLE + 1
    ani.force_login(User.objects.get())
    assert is_in(ani)


def test_session__is_not_written_with_every_request(ani: Client, clock: Clock) -> None:
    assert is_in(ani)
    seen = ani.session[sessions.SEEN]
    clock.now += sessions.NOTED_EVERY - 1
    assert is_in(ani)
    assert ani.session[sessions.SEEN] == seen
    clock.now += 2
    assert is_in(ani)
    assert ani.session[sessions.SEEN] == clock.now


def test_public_pages__do_not_touch_the_session(client: Client) -> None:
    response = client.get(reverse("alive"))
    assert "Cookie" not in response.get("Vary", "")
