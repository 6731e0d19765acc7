"""Asking by mail: 30 and 7 days before the twelve months are over, and when they are.

Each occasion is noted once, and noted as sent in the transaction in which its mail is written: run twice or
cut off, nobody is asked twice, and nobody is left out.
"""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.readers import PROFILE, in_language_of
from directory.confirming.answers import awaiting, due_on, edited_by, originals
from directory.models import ConfirmationReminder, InnovationPage
from institutions.memberships import editors_of
from institutions.roles import SectionKind

if TYPE_CHECKING:
    from accounts.models import User

Kind = ConfirmationReminder.Kind
# From so many days before the day on.
DAYS = {Kind.DUE: 0, Kind.WEEK: 7, Kind.MONTH: 30}
SALT = "directory.confirming"
LINK_SECONDS = 90 * 24 * 60 * 60
LISTED = 30


def send(today: datetime.date | None = None) -> int:
    """Note what is to be asked today, and mail what has not been. Returns the number of mails sent."""
    today = today or timezone.localdate()
    _note(today)
    unsent = ConfirmationReminder.objects.filter(sent_at=None)
    return sum(_mail(pk) for pk in unsent.order_by("user").values_list("user", flat=True).distinct())


def link(page: InnovationPage) -> str:
    """The address of the question, for a mail. Signed, so that it lapses; it still asks for a sign-in."""
    path = reverse("confirming:from_mail", args=[signing.dumps(page.pk, salt=SALT)])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def page_of(token: str) -> int:
    """The page of a link. Raises `BadSignature` where it is forged or too old."""
    found = signing.loads(token, salt=SALT, max_age=LINK_SECONDS)
    if not isinstance(found, int):
        raise signing.BadSignature("not a page")
    return found


def _note(today: datetime.date) -> None:
    """One row for each editor of each innovation whose occasion has come."""
    editors: dict[int, list[int]] = {}
    rows = []
    pages = originals().filter(institution__isnull=False)
    for page in awaiting(pages, today, early=DAYS[Kind.MONTH]).iterator(chunk_size=500):
        day = due_on(page.answered_at)
        kind = next((kind for kind, days in DAYS.items() if day and (day - today).days <= days), None)
        if day is None or kind is None:
            # Never answered, or just now with “unknown”: asked on the editor's front page, not by mail out of
            # the blue.
            continue
        if page.institution_id not in editors:
            users = editors_of(page.institution_id, SectionKind.DIRECTORY).exclude(email="")
            editors[page.institution_id] = list(users.values_list("pk", flat=True))
        rows += [
            ConfirmationReminder(page=page, user_id=user, kind=kind, due_on=day)
            for user in editors[page.institution_id]
        ]
    ConfirmationReminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


@transaction.atomic
def _mail(person: int) -> bool:
    """One mail to one person about all that is asked of him. False where nothing is any more."""
    # Another process may be at it: whoever comes second finds them sent.
    unsent = ConfirmationReminder.objects.select_for_update(of=("self",)).filter(user=person, sent_at=None)
    reminders = list(unsent.select_related("page", f"user__{PROFILE}").order_by("due_on", "page_id"))
    if not reminders:
        return False
    user = reminders[0].user
    # Answered meanwhile, unpublished, no longer his: not asked about.
    open_pages = set(awaiting(edited_by(user)).values_list("pk", flat=True)) if user.is_active else set()
    pages = {one.page_id: one for one in reminders if one.page_id in open_pages}
    if pages:
        with in_language_of(user):
            _message(user, list(pages.values())).send()
    done = [one.pk for one in reminders]
    ConfirmationReminder.objects.filter(pk__in=done).update(sent_at=timezone.now())
    return bool(pages)


def _message(user: "User", reminders: Sequence[ConfirmationReminder]) -> EmailMessage:
    rows = [
        {"title": one.page.title, "day": one.due_on, "link": link(one.page)} for one in reminders[:LISTED]
    ]
    body = render_to_string(
        "directory/mails/confirmation.txt",
        {
            "person": user, "rows": rows, "more": len(reminders) - len(rows),
            "list": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('confirming:index')}",
        },
    )  # fmt: skip
    subject = _("[JIPPNas] Masih berjalan? %d inovasi menunggu konfirmasi") % len(reminders)
    return EmailMessage(subject=subject, body=body.strip() + "\n", to=[user.email])
