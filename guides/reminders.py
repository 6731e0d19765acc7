"""Editors are told by mail when a guide's review date is near, and when it has come.

What somebody was told is noted with the mail, in one transaction: run twice or cut off, nobody is told twice,
and nobody is left out.
"""

import datetime
import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from cms.readers import PROFILE, in_language_of
from guides.models import GuidePage, GuideSectionPage, ReviewReminder
from institutions.memberships import editors_of
from institutions.models import Institution
from institutions.roles import SectionKind

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger(__name__)

Kind = ReviewReminder.Kind
SOON_DAYS = 30
LISTED = 30


def send(today: datetime.date | None = None) -> int:
    """Tell every editor what he has not been told. Returns the number of mails."""
    occasions = _occasions(today or timezone.localdate())
    told = set(
        ReviewReminder.objects.filter(page__in={one.page_id for _user, one in occasions}).values_list(
            "page_id", "user_id", "kind", "due_on"
        )
    )
    new: dict[int, list[ReviewReminder]] = defaultdict(list)
    people: dict[int, User] = {}
    for user, one in occasions:
        people[user.pk] = user
        if (one.page_id, user.pk, one.kind, one.due_on) not in told:
            new[user.pk].append(one)
    return sum(_mail(people[pk], reminders) for pk, reminders in new.items())


def _occasions(today: datetime.date) -> list[tuple["User", ReviewReminder]]:
    """Every editor with every guide of his section whose review date is near or has come."""
    until = today + datetime.timedelta(days=SOON_DAYS)
    guides = GuidePage.objects.live().originals().filter(alias_of=None, review_date__lte=until)
    institutions = _institutions_by_section()
    editors: dict[int, list[User]] = {}
    found = []
    for guide in guides.order_by("review_date", "pk"):
        institution = institutions.get(guide.path[: -guide.steplen])
        if institution is None:
            continue
        if institution not in editors:
            people = editors_of(institution, SectionKind.GUIDES).exclude(email="")
            editors[institution] = list(people.select_related(PROFILE).order_by("pk"))
        kind = Kind.DUE if guide.review_date <= today else Kind.SOON
        found += [
            (user, ReviewReminder(page=guide, user=user, kind=kind, due_on=guide.review_date))
            for user in editors[institution]
        ]
    return found


def _institutions_by_section() -> dict[str, int]:
    """Paths of the sections of institutions there still are, with their institutions."""
    active = Institution.objects.filter(is_active=True)
    sections = GuideSectionPage.objects.filter(institution__in=active)
    return dict(sections.values_list("path", "institution_id"))


def _mail(user: "User", reminders: Sequence[ReviewReminder]) -> bool:
    """One mail to one person about all his guides. False where another process has sent it."""
    try:
        with transaction.atomic():
            ReviewReminder.objects.bulk_create(reminders)
            with in_language_of(user):
                _message(user, reminders).send()
    except IntegrityError:
        logger.info("another process has told user %s of the review dates", user.pk)
        return False
    return True


def _message(user: "User", reminders: Sequence[ReviewReminder]) -> EmailMessage:
    rows = [
        {"title": one.page.title, "day": one.due_on, "due": one.kind == Kind.DUE, "link": _edit(one.page)}
        for one in reminders[:LISTED]
    ]
    count = len(reminders)
    body = render_to_string(
        "guides/mails/review.txt",
        {
            "person": user, "rows": rows, "more": count - len(rows),
            "home": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_home')}",
        },
    )  # fmt: skip
    subject = (
        ngettext("[JIPPNas] Tinjau ulang: %d panduan", "[JIPPNas] Tinjau ulang: %d panduan", count) % count
    )
    return EmailMessage(subject=subject, body=body.strip() + "\n", to=[user.email])


def _edit(page: GuidePage) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}"
