"""Mail is written down with the change it tells of, and sent once the server takes it."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from cms.mail import LEASE, WAITS, send_waiting
from cms.models import OutgoingMail

pytestmark = pytest.mark.django_db


class Away(EmailBackend):
    tried = 0

    def send_messages(self, messages: list[EmailMessage]) -> int:
        Away.tried += 1
        raise ConnectionRefusedError("nobody there")


class Choosy(EmailBackend):
    def send_messages(self, messages: list[EmailMessage]) -> int:
        if "salah@contoh.go.id" in messages[0].recipients():
            raise SMTPRecipientsRefused({"salah@contoh.go.id": (550, b"unknown")})
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def queued(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "cms.mail.QueueBackend"


def write(to: str = "ani@contoh.go.id", **fields: object) -> int:
    return EmailMessage(subject="Menunggu\n Anda", body="Isi", to=[to], **fields).send()


def test_mail__is_sent_by_the_worker(settings: Settings) -> None:
    message = EmailMultiAlternatives("Judul", "Isi", to=["ani@contoh.go.id"], reply_to=["kami@contoh.go.id"])
    message.attach_alternative("<p>Isi</p>", "text/html")
    message.send()
    assert not mail.outbox
    assert send_waiting() == 1
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("Judul", "Isi", ["ani@contoh.go.id"])
    assert sent.from_email == settings.DEFAULT_FROM_EMAIL
    assert sent.extra_headers["Reply-To"] == "kami@contoh.go.id"
    assert sent.alternatives[0][0] == "<p>Isi</p>"
    assert not OutgoingMail.objects.exists()
    assert send_waiting() == 0


def test_mail__of_a_change_that_was_undone_is_never_sent() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert send_waiting() == 0
    assert not mail.outbox


def test_mail__waits_while_the_server_is_away(settings: Settings) -> None:
    settings.EMAIL_DELIVERY_BACKEND = f"{__name__}.Away"
    write(), write()
    Away.tried = 0
    assert send_waiting() == 0
    # Not each with its own timeout.
    assert Away.tried == 1
    first, second = OutgoingMail.objects.order_by("pk")
    assert (first.tries, second.tries) == (1, 0)
    assert "nobody there" in first.error
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutgoingMail.objects.update(next_try_at=timezone.now())
    assert send_waiting() == 2
    assert {one.subject for one in mail.outbox} == {"Menunggu Anda"}


def test_mail__given_up_after_two_days_is_kept(settings: Settings) -> None:
    settings.EMAIL_DELIVERY_BACKEND = f"{__name__}.Away"
    write()
    for _ in range(len(WAITS) + 3):
        OutgoingMail.objects.update(next_try_at=timezone.now())
        send_waiting()
    found = OutgoingMail.objects.get()
    assert found.given_up_at is not None
    assert found.tries == len(WAITS) + 1
    assert timedelta(days=1) < sum(WAITS, timedelta()) <= timedelta(days=2)


def test_mail__a_wrong_address_holds_up_no_other(settings: Settings) -> None:
    settings.EMAIL_DELIVERY_BACKEND = f"{__name__}.Choosy"
    write("salah@contoh.go.id"), write("ani@contoh.go.id")
    assert send_waiting() == 1
    assert OutgoingMail.objects.get().to == ["salah@contoh.go.id"]


def test_mail__another_worker_has_taken_is_left_to_it() -> None:
    write()
    OutgoingMail.objects.update(next_try_at=timezone.now() + LEASE)
    assert send_waiting() == 0


def test_mail__to_several_names_none_to_the_others() -> None:
    EmailMessage("Judul", "Isi", to=["ani@contoh.go.id"], bcc=["budi@contoh.go.id"]).send()
    send_waiting()
    assert mail.outbox[0].to == []
    assert set(mail.outbox[0].bcc) == {"ani@contoh.go.id", "budi@contoh.go.id"}


def test_mail__with_an_attachment_is_refused() -> None:
    with pytest.raises(ValueError, match="attachments"):
        write(attachments=[("a.txt", "a", "text/plain")])
