"""What waits for a validator: since when, and on whose desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, QuerySet
from django.utils import timezone
from wagtail.models import TaskState

from directory.models import InnovationPage, ValidationTask
from directory.validating.validators import NATIONAL
from institutions.models import Review
from institutions.roles import Source

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Waiting:
    """One record in the queue. `days`: whole days since it was submitted to the validators."""

    review: Review
    page: InnovationPage
    title: str
    sources: Sequence[str]
    days: int

    @property
    def is_overdue(self) -> bool:
        return self.days >= settings.REVIEW_DAYS


def reviews_for(user: "User") -> QuerySet[Review]:
    """Reviews this person may settle, the oldest first."""
    states = TaskState.objects.none()
    for task in ValidationTask.objects.all():
        states = states | task.get_task_states_user_can_moderate(user)
    reviews = Review.objects.filter(pk__in=states.values("pk")).order_by("started_at", "pk")
    # Without the revision: it carries the whole record.
    return reviews.select_related("assigned_to", "workflow_state__requested_by")


def rows(reviews: Sequence[Review]) -> list[Waiting]:
    """What the queue shows of these reviews, in three queries however many they are."""
    numbers = [int(review.workflow_state.object_id) for review in reviews]
    pages = InnovationPage.objects.select_related("institution").prefetch_related("source_records")
    by_number = {page.pk: page for page in pages.filter(pk__in=numbers)}
    now = timezone.now()
    return [
        Waiting(review, page, page.draft_title, _sources(page), (now - review.started_at).days)
        for review, number in zip(reviews, numbers, strict=True)
        if (page := by_number.get(number))
    ]


def load(user: "User") -> list[tuple[str, int]]:
    """Who of those asked has how many of this person's reviews on his desk; the last entry: on nobody's."""
    counts = reviews_for(user).order_by().values("assigned_to").annotate(number=Count("pk"))
    desks = {row["assigned_to"]: row["number"] for row in counts}
    people = get_user_model().objects.in_bulk([pk for pk in desks if pk])
    named = sorted((str(person), desks[pk]) for pk, person in people.items())
    return [*named, ("", desks.get(None, 0))] if desks else []


def _sources(page: InnovationPage) -> list[str]:
    found = {record.source for record in page.source_records.all() if record.source in NATIONAL}
    return [str(Source(source).label) for source in sorted(found) or [Source.NONE.value]]
