"""What people write in sections, and in which state it is: the editors' home counts with it, and
the list behind each number filters with it."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import IntegerField, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageQuerySet, Revision, WorkflowState

from directory.derived.confirmation import Badge
from directory.models import InnovationPage
from directory.quality.conditions import with_badge
from guides.models import GuidePage
from institutions.models import RoleGroup
from institutions.roles import SECTION_ROLES, SectionKind
from institutions.scoping.pages import own_of
from institutions.sections import section_types, types_of
from news.models import NewsPage

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class State(models.TextChoices):
    PUBLISHED = "published", _("Terbit")
    DRAFT = "draft", _("Draf, juga perubahan yang belum terbit")
    WAITING = "waiting", _("Menunggu tinjauan")
    RETURNED = "returned", _("Dikembalikan untuk diperbaiki")
    THIS_YEAR = "this-year", _("Berita yang terbit tahun ini")
    UNCONFIRMED = "unconfirmed", _("Inovasi perlu konfirmasi")
    REVIEW = "review", _("Panduan perlu ditinjau ulang")


def contents(user: "User | AnonymousUser") -> PageQuerySet:
    """The news, guides and innovations a person has rights on."""
    pages = Page.objects.filter(alias_of=None, content_type__in=content_types(SectionKind))
    return own_of(user, pages)


def content_types(kinds: Iterable[SectionKind | str]) -> list[int]:
    """Numbers of the content types of what stands in sections of these kinds."""
    return [number for kind in kinds for number in _content_types()[SectionKind(kind)]]


def in_state(state: str) -> Q:
    """The condition for pages in a state. `KeyError` for what is none."""
    return _CONDITIONS[state]()


def written_by(user: "User | AnonymousUser") -> Q:
    """The condition for what a person began, or was the last to change."""
    # By key: a join would read the newest version of every page there is.
    versions = Revision.objects.filter(user=user.pk).order_by()
    return Q(owner=user.pk) | Q(latest_revision__in=versions.values("pk"))


def below_sections_of(institutions: Iterable[Any]) -> Q:
    """The condition for pages in the sections of these institutions."""
    found = Q(pk__in=[])
    chosen = list(institutions)
    for section_type in section_types():
        sections = section_type._default_manager.filter(institution__in=chosen)
        for path in sections.values_list("path", flat=True):
            found |= Q(path__startswith=path)
    return found


def kinds_of(user: "User | AnonymousUser") -> dict[int, list[SectionKind]]:
    """In which kinds of sections of which institutions a person has a role: institution → kinds."""
    groups = RoleGroup.objects.filter(
        role__in=SECTION_ROLES, group__user=user.pk, workspace__retired_at=None, workspace__isnull=False
    )
    held = set(groups.values_list("workspace__institution", "kind"))
    order = list(SectionKind)
    found: dict[int, list[SectionKind]] = {}
    for institution, kind in sorted(held, key=lambda pair: (pair[0], order.index(SectionKind(pair[1])))):
        found.setdefault(institution, []).append(SectionKind(kind))
    return found


def _unpublished() -> Q:
    active = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    return (Q(live=False) | Q(has_unpublished_changes=True)) & ~_in_workflow(*active)


def _in_workflow(*statuses: str) -> Q:
    states = WorkflowState.objects.filter(status__in=statuses).order_by()
    return Q(pk__in=states.values(number=Cast("object_id", IntegerField())))


def _this_year() -> Q:
    return Q(pk__in=NewsPage.objects.live().filter(date__year=timezone.localdate().year).values("pk"))


def _unconfirmed() -> Q:
    pages = with_badge(InnovationPage.objects.live()).filter(badge__in=(Badge.DUE, Badge.UNCONFIRMED))
    return Q(pk__in=pages.values("pk"))


_CONDITIONS: Mapping[str, Callable[[], Q]] = {
    State.PUBLISHED: lambda: Q(live=True),
    State.DRAFT: _unpublished,
    State.WAITING: lambda: _in_workflow(WorkflowState.STATUS_IN_PROGRESS),
    State.RETURNED: lambda: _in_workflow(WorkflowState.STATUS_NEEDS_CHANGES),
    State.THIS_YEAR: _this_year,
    State.UNCONFIRMED: _unconfirmed,
    State.REVIEW: lambda: Q(pk__in=GuidePage.objects.due().values("pk")),
}


def _content_types() -> dict[SectionKind, list[int]]:
    return {
        kind: [ContentType.objects.get_for_model(model).pk for model in _item_types(kind)]
        for kind in SectionKind
    }


@cache
def _item_types(kind: SectionKind) -> tuple[type[Page], ...]:
    return tuple(item for section_type in types_of(kind) for item in section_type.allowed_subpage_models())
