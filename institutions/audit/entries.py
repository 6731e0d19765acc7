"""Entries of Wagtail's two logs, of pages and of everything else, as one list: whether what they tell of is
still there or not."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import BaseLogEntry, ModelLogEntry, Page, PageLogEntry

from institutions.models import Institution, Invitation, Membership, Workspace
from institutions.sections import section_types

# Their place here is how a row of the list knows its log.
LOGS: tuple[type[BaseLogEntry], ...] = (PageLogEntry, ModelLogEntry)


def entries_of(rows: Iterable[dict[str, Any]]) -> list[BaseLogEntry]:
    """The entries of rows with `pk` and `log_model_index`, in their order, with people and kinds at hand."""
    rows = list(rows)
    wanted: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        wanted[row["log_model_index"]].append(row["pk"])
    found = {}
    for index, keys in wanted.items():
        for entry in LOGS[index].objects.filter(pk__in=keys).prefetch_related("user", "content_type"):
            found[index, entry.pk] = entry
    return [found[row["log_model_index"], row["pk"]] for row in rows]


def pages_there(entries: Iterable[BaseLogEntry]) -> set[int]:
    """Which of the pages these entries tell of still exist."""
    keys = [entry.page_id for entry in entries if isinstance(entry, PageLogEntry)]
    return set(Page.objects.filter(pk__in=keys).values_list("pk", flat=True))


def of_institution(queryset: QuerySet, institution: Institution) -> QuerySet:
    """What its people did while they were its members, and what anybody did with its pages, its membership
    and itself. A page deleted by somebody else has left the sections, and so this list."""
    # `OuterRef` finds the entry's own columns.
    member = Membership.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=OuterRef("timestamp")),
        user=OuterRef("user_id"),
        institution=institution,
        started_at__lte=OuterRef("timestamp"),
    )
    own = _on_pages(institution) if queryset.model is PageLogEntry else _on_things(institution)
    return queryset.filter(Exists(member) | own)


def _on_pages(institution: Institution) -> Q:
    places = Q(pk__in=[])
    for section_type in section_types():
        sections = section_type._default_manager.filter(institution=institution)
        for path in sections.values_list("path", flat=True):
            places |= Q(path__startswith=path)
    return Q(page_id__in=Page.objects.filter(places).values("pk"))


def _on_things(institution: Institution) -> Q:
    found = Q(content_type=_kind(Institution), object_id=str(institution.pk))
    for model in (Membership, Invitation, Workspace):
        keys = model._default_manager.filter(institution=institution).values_list("pk", flat=True)
        found |= Q(content_type=_kind(model), object_id__in=[str(key) for key in keys])
    return found


def _kind(model: type) -> ContentType:
    return ContentType.objects.get_for_model(model)


def by_person(queryset: QuerySet, people: QuerySet) -> QuerySet:
    """What one of these people did."""
    return queryset.filter(user__in=people.values("pk"))


def kinds() -> QuerySet[ContentType]:
    """The kinds of things in the log; pages of all types are one."""
    keys = set(ModelLogEntry.objects.order_by().values_list("content_type", flat=True).distinct())
    return ContentType.objects.filter(pk__in=[*keys, _kind(Page).pk]).order_by("model")
