"""What an institution has on the portal: sections, pages, open approvals, scheduled publications, files."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, ForeignKey, ManyToOneRel, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, TaskState, WorkflowState

from institutions.models import Institution, Review, SectionPage
from institutions.sections import section_types


def sections_of(institution: Institution) -> list[SectionPage]:
    """Its sections of every kind and language, one query for each kind."""
    return [
        section
        for section_type in section_types()
        for section in section_type._default_manager.filter(institution=institution).order_by("path")
    ]


def pages_below(sections: list[SectionPage]) -> QuerySet[Page]:
    """What stands in these sections, without the sections."""
    below = Q(pk__in=[])
    for section in sections:
        below |= Q(path__startswith=section.path, depth__gt=section.depth)
    return Page.objects.filter(below)


def owner_fields() -> Iterator[ForeignKey]:
    """How pages that are no sections say whose they are: fields of any app's page types."""
    for relation in Institution._meta.get_fields(include_hidden=True):
        field: Any = getattr(relation, "field", None)
        of_page = isinstance(relation, ManyToOneRel) and issubclass(field.model, Page)
        if of_page and not issubclass(field.model, SectionPage):
            yield field


def owned_pages(institution: Institution) -> QuerySet[Page]:
    """Pages anywhere that name the institution as their owner."""
    named = Q(pk__in=[])
    for field in owner_fields():
        named |= Q(pk__in=field.model._default_manager.filter(**{field.name: institution}).values("pk"))
    return Page.objects.filter(named)


def reviews_of(pages: QuerySet[Page]) -> QuerySet[Review]:
    """Approvals these pages wait for."""
    return Review.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__in=_states(pages).filter(status=WorkflowState.STATUS_IN_PROGRESS),
    )


def returned_of(pages: QuerySet[Page]) -> QuerySet[WorkflowState]:
    """What came back to be corrected and has not been submitted again."""
    return _states(pages).filter(status=WorkflowState.STATUS_NEEDS_CHANGES)


def scheduled_of(pages: QuerySet[Page]) -> QuerySet[Revision]:
    """Approved versions that wait for their day."""
    return Revision.objects.filter(
        base_content_type=_page_type(), object_id__in=_as_text(pages), approved_go_live_at__isnull=False
    )


def _states(pages: QuerySet[Page]) -> QuerySet[WorkflowState]:
    return WorkflowState.objects.filter(base_content_type=_page_type(), object_id__in=_as_text(pages))


def _page_type() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def _as_text(pages: QuerySet[Page]) -> QuerySet:
    return pages.order_by().annotate(as_text=Cast("pk", CharField(max_length=255))).values("as_text")
