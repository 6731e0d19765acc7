"""Approvals that wait too long are asked for again."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from institutions.approval.mails import ask
from institutions.models import Review
from institutions.models.review import open_reviews


def overdue() -> QuerySet[Review]:
    """Reviews that have waited longer than `REVIEW_DAYS`, the longest first."""
    limit = timezone.now() - timedelta(days=settings.REVIEW_DAYS)
    return open_reviews().filter(started_at__lte=limit).order_by("started_at")


def remind() -> int:
    """Ask again, once in `REVIEW_DAYS`; safe to run twice. Returns how many reviews were asked about."""
    now = timezone.now()
    limit = now - timedelta(days=settings.REVIEW_DAYS)
    reminded = 0
    for review in overdue().filter(Q(reminded_at=None) | Q(reminded_at__lte=limit)):
        # Whoever sets the time asks.
        unasked = Review.objects.filter(pk=review.pk, reminded_at=review.reminded_at)
        if review.workflow_state.content_object is not None and unasked.update(reminded_at=now):
            ask(review, again=True)
            reminded += 1
    return reminded
