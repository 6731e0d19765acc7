"""Approvals that lie with somebody who may not give them any more."""

from collections.abc import Iterable

from institutions.approval.mails import ask
from institutions.models import Review


def hand_back(reviews: Iterable[Review]) -> int:
    """Take approvals from the desks of those who may not give them; whoever may now is asked by mail.
    Returns how many were freed."""
    freed = 0
    for review in reviews:
        page = review.workflow_state.content_object
        if page is None or review.assigned_to is None:
            continue
        if not review.task.specific.may_review(page.specific, review.assigned_to):
            review.assigned_to = None
            review.save(update_fields=["assigned_to"])
            ask(review)
            freed += 1
    return freed


def ask_anew(reviews: Iterable[Review]) -> int:
    """Ask again where others approve than when it was submitted. Returns how many were asked about."""
    asked = 0
    for review in reviews:
        page = review.workflow_state.content_object
        if page is not None:
            ask(review)
            asked += 1
    return asked
