"""Approvals that lie with somebody who may not give them any more."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wagtail.models import Task

from institutions.approval.mails import ask
from institutions.models import Review, ReviewTask
from institutions.models.review import open_reviews

if TYPE_CHECKING:
    from accounts.models import User


def hand_back(reviews: Iterable[Review]) -> list[Review]:
    """Take approvals from the desks of those who may not give them; whoever may now is asked by mail.
    Returns those that were freed."""
    freed = []
    for review in reviews:
        page, person = review.workflow_state.content_object, review.assigned_to
        if page is None or person is None:
            continue
        if not (person.is_active and review.task.specific.may_review(page.specific, person)):
            review.assigned_to = None
            review.save(update_fields=["assigned_to"])
            ask(review)
            freed.append(review)
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


def only_asked(people: "Iterable[User]") -> list[Review]:
    """Open approvals that nobody but these people is asked for. To be found before they leave."""
    people = list(people)
    waiting: dict[int, Review] = {}
    for task in Task.objects.filter(active=True).specific():
        if isinstance(task, ReviewTask):
            for person in people:
                mine = task.get_task_states_user_can_moderate(person).values("pk")
                waiting |= {review.pk: review for review in open_reviews().filter(pk__in=mine)}
    numbers = {person.pk for person in people}
    return [review for review in waiting.values() if (asked := _asked(review)) and asked <= numbers]


def pass_on(people: "Iterable[User]", only_theirs: Iterable[Review]) -> int:
    """Once they have left: free what lay on their desks, and tell who is asked for what only they were asked
    for (`only_asked`), of each once. Returns of how many approvals somebody was told."""
    people = list(people)
    numbers = {person.pk for person in people}
    freed = {review.pk for review in hand_back(open_reviews().filter(assigned_to__in=numbers))}
    # Whoever has the same role elsewhere is asked still.
    left = [one for one in only_theirs if one.pk not in freed and not _asked(one) & numbers]
    return len(freed) + ask_anew(left)


def _asked(review: Review) -> set[int]:
    """Keys of the people who are asked for an approval as things stand."""
    page = review.workflow_state.content_object
    if page is None:
        return set()
    return set(review.task.specific.asked(page.specific).values_list("pk", flat=True))
