"""Mail goes through the database: a change and its mail are written together, and a mail server that is away
loses nothing. The worker sends what waits (`send_waiting`) through `EMAIL_DELIVERY_BACKEND`."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from cms.models import OutgoingMail

logger = logging.getLogger(__name__)

BATCH = 50
# A mail that is being sent is nobody else's for so long.
LEASE = timedelta(minutes=10)
# After each failure a longer wait; after the last one a person has to look (two days in all).
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 600, 960, 1_020))
HTML = "text/html"
# What a server says of one mail; any other `OSError` is about the server.
_OF_THE_MAIL = (SMTPResponseException, SMTPRecipientsRefused)


class QueueBackend(BaseEmailBackend):
    """Django's way to send mail, which here only writes it down. It takes no attachments."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raises `ValueError` for a mail with attachments, before any is written."""
        rows = [_row(message) for message in email_messages if message.recipients()]
        OutgoingMail.objects.bulk_create(rows)
        return len(rows)


def send_waiting() -> int:
    """Send what is due, oldest first; returns how many were sent.

    A mail is struck off once the server has taken it: cut off in between, it is sent twice rather than never.
    No transaction is open while the server is waited for.
    """
    sent = 0
    connection = get_connection(settings.EMAIL_DELIVERY_BACKEND)
    now = timezone.now()
    due = OutgoingMail.objects.filter(given_up_at=None, next_try_at__lte=now)
    for mail in due.order_by("next_try_at", "pk")[:BATCH]:
        # Another worker may be at it: whoever moves the time on has it.
        mine = OutgoingMail.objects.filter(pk=mail.pk, next_try_at=mail.next_try_at)
        if not mine.update(next_try_at=now + LEASE):
            continue
        try:
            _message(mail, connection).send()
        except Exception as error:  # the server's fault or this mail's: others may still go
            _put_off(mail, f"{type(error).__name__}: {error}", timezone.now())
            if isinstance(error, OSError) and not isinstance(error, _OF_THE_MAIL):
                # Nobody there: the others wait for the next round, not each for its own timeout.
                break
        else:
            mail.delete()
            sent += 1
    return sent


def _put_off(mail: OutgoingMail, error: str, now: datetime) -> None:
    mail.error = error
    if mail.tries < len(WAITS):
        mail.next_try_at = now + WAITS[mail.tries]
        logger.warning("mail %s could not be sent, next try %s: %s", mail.pk, mail.next_try_at, error)
    else:
        mail.given_up_at = now
        logger.error("mail %s is given up after %s tries: %s", mail.pk, mail.tries + 1, error)
    mail.tries += 1
    mail.save(update_fields=["error", "next_try_at", "given_up_at", "tries"])


def _row(message: EmailMessage) -> OutgoingMail:
    if message.attachments:
        raise ValueError("mails with attachments cannot be queued")
    alternatives = getattr(message, "alternatives", [])
    html = next((str(content) for content, kind in alternatives if kind == HTML), "")
    headers = {str(name): str(value) for name, value in message.extra_headers.items()}
    if message.reply_to:
        headers["Reply-To"] = ", ".join(map(str, message.reply_to))
    return OutgoingMail(
        subject=" ".join(str(message.subject).split())[:998],
        body=str(message.body),
        html=html,
        sender=message.from_email or settings.DEFAULT_FROM_EMAIL,
        to=message.recipients(),
        headers=headers,
    )


def _message(mail: OutgoingMail, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """Several recipients are hidden from each other."""
    several = len(mail.to) > 1
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.body,
        from_email=mail.sender,
        to=[] if several else mail.to,
        bcc=mail.to if several else [],
        headers={"Auto-Submitted": "auto-generated", **mail.headers},
        connection=connection,
    )
    if mail.html:
        message.attach_alternative(mail.html, HTML)
    return message
