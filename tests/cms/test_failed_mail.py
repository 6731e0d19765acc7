"""Mails that are given up: administrators see them, have them sent again, or throw them away."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from cms import failed_mail
from cms.failed_mail import DISCARD, TRY_AGAIN
from cms.mail import WAITS, send_waiting
from cms.models import OutgoingMail
from institutions.roles import Role
from tests.factories.offices import client_of, person, portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("akar", "akar@contoh.go.id", "rahasia")


def failed(to: str = "ani@contoh.go.id", **fields: object) -> OutgoingMail:
    return OutgoingMail.objects.create(
        subject="Menunggu <Anda>", body="Isi", to=[to], sender="kami@contoh.go.id", tries=len(WAITS) + 1,
        error="SMTPRecipientsRefused: unknown", given_up_at=timezone.now(), **fields,
    )  # fmt: skip


def address() -> str:
    return reverse("failed_mail")


def test_list__says_to_whom_about_what_and_why(administrator: User) -> None:
    failed()
    OutgoingMail.objects.create(subject="Masih dicoba", body="Isi", to=["budi@contoh.go.id"])
    html = client_of(administrator).get(address()).content.decode()
    assert "Menunggu &lt;Anda&gt;" in html
    assert "ani@contoh.go.id" in html
    assert "SMTPRecipientsRefused: unknown" in html
    assert "Masih dicoba" not in html
    home = client_of(administrator).get(reverse("wagtailadmin_home")).content.decode()
    assert f'href="{address()}"' in home


def test_again__one_is_sent_and_noted(administrator: User) -> None:
    chosen, other = failed(), failed("budi@contoh.go.id")
    answer = client_of(administrator).post(address(), {"do": "again", "mail": chosen.pk}, follow=True)
    assert "1 surel segera dikirim lagi." in answer.content.decode()
    chosen.refresh_from_db()
    assert (chosen.given_up_at, chosen.tries) == (None, 0)
    assert send_waiting() == 1
    assert [message.to for message in mail.outbox] == [["ani@contoh.go.id"]]
    assert list(failed_mail.given_up()) == [other]
    entry = ModelLogEntry.objects.get(action=TRY_AGAIN)
    assert (entry.user, entry.object_id) == (administrator, str(chosen.pk))


def test_again__all(administrator: User) -> None:
    failed(), failed("budi@contoh.go.id")
    client_of(administrator).post(address(), {"do": "again"})
    assert send_waiting() == 2
    assert not failed_mail.given_up().exists()


def test_discarded__is_gone_and_noted(administrator: User) -> None:
    chosen = failed()
    client_of(administrator).post(address(), {"do": "discard", "mail": chosen.pk})
    assert not OutgoingMail.objects.exists()
    assert ModelLogEntry.objects.get(action=DISCARD).label == f"{chosen.pk}: Menunggu <Anda>"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"do": "x"},
        {"do": "discard"},
        {"do": "again", "mail": "9" * 30},
        {"do": "again", "mail": "a\0"},
        {"do": "discard", "mail": "waiting"},
    ],
)
def test_nothing_done__and_said(administrator: User, data: dict[str, str]) -> None:
    failed()
    waiting = OutgoingMail.objects.create(subject="Masih dicoba", body="Isi", to=["budi@contoh.go.id"])
    if data.get("mail") == "waiting":
        data = {**data, "mail": str(waiting.pk)}
    answer = client_of(administrator).post(address(), data, follow=True)
    assert "Tidak ada yang dilakukan" in answer.content.decode()
    assert OutgoingMail.objects.count() == 2
    assert failed_mail.given_up().count() == 1


def test_list__for_administrators_only() -> None:
    owner = portal()
    client = client_of(owner)
    chosen = failed()
    assert client.get(address()).status_code in (302, 403)
    client.post(address(), {"do": "discard", "mail": chosen.pk})
    assert failed_mail.given_up().get() == chosen
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert address() not in home
    administrator = person("kepala", "pusat", Role.ADMINISTRATOR)
    assert client_of(administrator).get(address()).status_code == 200


def test_list__takes_the_same_queries_for_few_and_many(
    administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failed_mail, "SHOWN", 4)
    client = client_of(administrator)
    failed()
    client.get(address())
    with CaptureQueriesContext(connection) as few:
        client.get(address())
    for number in range(6):
        failed(f"{number}@contoh.go.id")
    with CaptureQueriesContext(connection) as many:
        html = client.get(address()).content.decode()
    assert len(many) == len(few)
    assert "7 surel gagal; 4 yang terakhir ditampilkan." in html
