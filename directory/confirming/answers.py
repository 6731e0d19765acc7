"""Who may answer, for which innovations an answer is due, and the answer."""

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page

from directory.choices import OperationalStatus
from directory.derived.confirmation import CONFIRMED_MONTHS, Badge, add_months, badge_for
from directory.models import Confirmation, InnovationPage
from institutions.memberships import institutions_edited_by, oversees
from institutions.roles import SectionKind

if TYPE_CHECKING:
    from accounts.models import User

ACTION = "directory.confirm"
# So long before the twelve months are over an answer is asked for.
EARLY_DAYS = 30
ANSWERS = (
    (OperationalStatus.RUNNING, _("Masih berjalan")),
    (OperationalStatus.DEVELOPED, _("Berjalan dan dikembangkan lebih lanjut")),
    (OperationalStatus.STOPPED, _("Sudah berhenti")),
)


def answerable_by(user: "User | AnonymousUser") -> QuerySet[InnovationPage]:
    """Published innovations, in their source language, about which this person may answer."""
    if oversees(user):
        return originals()
    return edited_by(user)


def edited_by(user: "User | AnonymousUser") -> QuerySet[InnovationPage]:
    """Those of the institutions whose directory sections the person edits: his to answer about."""
    return originals().filter(institution__in=institutions_edited_by(user, SectionKind.DIRECTORY))


def awaiting(
    pages: QuerySet[InnovationPage], today: datetime.date | None = None, early: int = EARLY_DAYS
) -> QuerySet[InnovationPage]:
    """Of these pages those that want an answer now or within `early` days, the longest overdue first.

    Each has `answered_at` (None: nobody ever answered).
    """
    today = today or timezone.localdate()
    soon = today + datetime.timedelta(days=early)
    # The last day whose twelve months are over by then.
    before = next(
        day
        for day in (soon - datetime.timedelta(days=number) for number in range(365, 365 + 4))
        if add_months(day, CONFIRMED_MONTHS) <= soon
    )
    limit = timezone.make_aware(datetime.datetime.combine(before, datetime.time.max))
    latest = Confirmation.objects.filter(page=OuterRef("pk")).order_by("-confirmed_at")
    answered = Subquery(latest.values("confirmed_at")[:1], output_field=DateTimeField())
    return (
        pages.annotate(answered_at=answered, answer=Subquery(latest.values("status")[:1]))
        .exclude(operational_status=OperationalStatus.STOPPED)
        .filter(Q(answer=None) | ~Q(answer=OperationalStatus.STOPPED))
        .filter(Q(answered_at=None) | Q(answered_at__lte=limit) | Q(answer=OperationalStatus.UNKNOWN))
        .order_by(F("answered_at").asc(nulls_first=True), "title", "pk")
    )


def due_on(answered_at: datetime.datetime | None) -> datetime.date | None:
    """The day by which the next answer is wanted; None where it always was."""
    return add_months(timezone.localdate(answered_at), CONFIRMED_MONTHS) if answered_at else None


def badge_of(page: Any) -> Badge:
    """The badge of one of `awaiting`, from what was read with it."""
    day = timezone.localdate(page.answered_at) if page.answered_at else None
    return badge_for(page.operational_status, page.answer, day)


@transaction.atomic
def confirm(page: InnovationPage, user: Any, answer: Confirmation) -> Confirmation:
    """Keep an answer as a new row of the history. `answer` holds status, reason, note and evidence."""
    answer.page, answer.confirmed_by = page, user
    answer.confirmed_by_post = user.job_title[:200]
    answer.confirmed_at = timezone.now()
    answer.save()
    log(instance=page, action=ACTION, user=user, data={"status": answer.status, "reason": answer.reason})
    return answer


def originals() -> QuerySet[InnovationPage]:
    """Published innovations that are no translation of another."""
    earlier = Page.objects.filter(translation_key=OuterRef("translation_key")).order_by("pk")
    return InnovationPage.objects.live().filter(pk=Subquery(earlier.values("pk")[:1]))
