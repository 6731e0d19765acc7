"""The section a page stands in, who edits it, and what these approve."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import Page

from institutions.memberships import editors_of
from institutions.models import OwnersApprovalTask, Review, RoleGroup, SectionPage
from institutions.roles import Role
from institutions.sections import section_types

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def section_of(page: Page) -> SectionPage | None:
    """The section a page is, or stands in."""
    for section_type in section_types():
        if found := section_type._default_manager.ancestor_of(page, inclusive=True).first():
            return found
    return None


def editors_of_section(page: Page) -> "QuerySet[User]":
    """The editors of the section a page stands in, who may sign in."""
    section = section_of(page)
    if section is None or section.institution_id is None:
        return get_user_model().objects.none()
    return editors_of(section.institution_id, section.section_kind)


def pages_edited_by(user: "User | AnonymousUser") -> QuerySet[Page]:
    """Pages in the sections a person edits."""
    groups = RoleGroup.objects.filter(role=Role.EDITOR, group__user=user.pk, workspace__retired_at=None)
    edited = Q(pk__in=[])
    held = list(groups.values_list("kind", "workspace__institution"))
    for section_type in section_types():
        institutions = [institution for kind, institution in held if kind == section_type.section_kind]
        sections = section_type._default_manager.filter(institution__in=institutions)
        for path in sections.values_list("path", flat=True) if institutions else ():
            edited |= Q(path__startswith=path)
    return Page.objects.filter(edited)


def owners_reviews(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Those of the first approval: validators are not the owner's people, they go on as before."""
    tasks = OwnersApprovalTask.objects.values("pk")
    return reviews.filter(task__in=tasks).select_related("workflow_state", "task")
