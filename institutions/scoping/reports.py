"""Reports that show pages, or names of people, of whoever owns them: narrowed to one's own pages, or for who
oversees the portal."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import audit_logging, locked_pages, workflows
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import WorkflowState
from wagtail_localize.views.report import TranslationsReportView as LocalizeReportView

from institutions.memberships import oversees
from institutions.scoping.pages import own_pages
from institutions.scoping.people import pages_of, people

USAGE = "page-types-usage"


class UsageView(PageTypesUsageReportView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not oversees(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def without_usage(request: HttpRequest, items: list[MenuItem]) -> None:
    """For the hook `construct_reports_menu`."""
    if not oversees(request.user):
        items[:] = [item for item in items if item.name != USAGE]


class HistoryFilterSet(audit_logging.SiteHistoryReportFilterSet):
    def get_users_queryset(self) -> QuerySet:
        # Wagtail offers everybody who ever did something.
        return audit_logging.get_users_for_filter(self.request.user)


class HistoryView(audit_logging.LogEntriesView):
    filterset_class = HistoryFilterSet


def _who_locked(request: HttpRequest) -> QuerySet:
    return people(pages_of(request).filter(locked=True).order_by().values("locked_by"))


class LockedFilterSet(locked_pages.LockedPagesReportFilterSet):
    locked_by = django_filters.ModelChoiceFilter(
        label=_("Dikunci oleh"), empty_label=_("Siapa pun"), field_name="locked_by", queryset=_who_locked
    )


class LockedView(locked_pages.LockedPagesView):
    filterset_class = LockedFilterSet


def _who_submitted(request: HttpRequest) -> QuerySet:
    numbers = pages_of(request).order_by().values(as_text=Cast("pk", CharField(max_length=255)))
    return people(WorkflowState.objects.filter(object_id__in=numbers).order_by().values("requested_by"))


class WorkflowFilterSet(workflows.WorkflowReportFilterSet):
    requested_by = django_filters.ModelChoiceFilter(field_name="requested_by", queryset=_who_submitted)


class WorkflowView(workflows.WorkflowView):
    filterset_class = WorkflowFilterSet


class TranslationsView(LocalizeReportView):
    """Translations of pages that one has rights on in some language."""

    def get_queryset(self) -> QuerySet:
        if own_pages(self.request.user) is None:
            return super().get_queryset()
        keys = pages_of(self.request).order_by().values("translation_key")
        return super().get_queryset().filter(source__object__in=keys)
