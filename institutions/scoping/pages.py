"""Pages a person may learn of in the admin: published ones that the public may read, and those of his own."""

from typing import TYPE_CHECKING

from django.db.models import Q
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import policy_registry

from cms.privacy import restricted_paths
from institutions.page_policy import SectionedPagePolicy

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def known_to(user: "User | AnonymousUser", pages: PageQuerySet) -> PageQuerySet:
    """Of these pages those the person may learn of; all, for a superuser."""
    policy: SectionedPagePolicy = policy_registry.get_by_type(Page)
    own = policy.explorable(user)
    if own is None:
        return pages
    readable = Q(live=True)
    for path in restricted_paths():
        readable &= ~Q(path__startswith=path)
    return pages.filter(readable | own | Q(depth=1))
