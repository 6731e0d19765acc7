"""The report that shows the last edited page of every type, whoever owns it: for who oversees the portal."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

from institutions.memberships import oversees

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
