"""Pages a person may learn of in the admin: published ones that the public may read, and those of his own."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import IntegerField, Q
from django.db.models.functions import Cast
from wagtail.models import Page, PageQuerySet, TaskState
from wagtail.permissions import policy_registry

from cms.privacy import restricted_paths
from institutions.page_policy import SectionedPagePolicy

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def own_pages(user: "User | AnonymousUser") -> Q | None:
    """The condition for pages a person has rights on, and those above them; None where that is every page."""
    policy: SectionedPagePolicy = policy_registry.get_by_type(Page)
    return policy.explorable(user)


def own_of(user: "User | AnonymousUser", pages: PageQuerySet) -> PageQuerySet:
    """Of these pages those the person has rights on."""
    own = own_pages(user)
    return pages if own is None else pages.filter(own)


def known_to(user: "User | AnonymousUser", pages: PageQuerySet) -> PageQuerySet:
    """Of these pages those the person may learn of; all, for a superuser."""
    own = own_pages(user)
    if own is None:
        return pages
    readable = Q(live=True)
    for path in restricted_paths():
        readable &= ~Q(path__startswith=path)
    return pages.filter(readable | own | Q(depth=1))


def are_own(user: "User | AnonymousUser", numbers: Collection[int]) -> bool:
    """Whether the person has rights on all pages of these numbers, or is asked to review them."""
    condition = own_pages(user)
    if condition is None:
        return True
    # One by one, not `in`: a number that no database holds is then no page's.
    pages = Page.objects.filter(reduce(or_, (Q(pk=number) for number in numbers)))
    own = pages.filter(condition)
    if own.count() == len(numbers):
        return True
    return not pages.exclude(pk__in=own).exclude(pk__in=_reviewed_by(user)).exists()


def _reviewed_by(user: "User | AnonymousUser") -> Any:
    """Numbers of the pages that await this person's review."""
    states = TaskState.objects.reviewable_by(user)
    return states.values_list(Cast("workflow_state__object_id", IntegerField()), flat=True)
