"""Addresses that stand before Wagtail's own."""

from typing import Any

from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access

from institutions.scoping import bulk, choosers, reports, tags

REPORTS = {
    "reports/page-types-usage/": reports.UsageView,
    "reports/site-history/": reports.HistoryView,
    "reports/locked/": reports.LockedView,
    "reports/workflow/": reports.WorkflowView,
    "localize/reports/translations/": reports.TranslationsView,
}


def _report(address: str, view: Any) -> list[URLPattern]:
    """A report, and the part of it that is asked for anew when a filter changes."""
    return [
        path(address, require_admin_access(view.as_view())),
        path(f"{address}results/", require_admin_access(view.as_view(results_only=True))),
    ]


urlpatterns = [
    path("choose-page/", require_admin_access(choosers.BrowseView.as_view())),
    path("choose-page/<int:parent_page_id>/", require_admin_access(choosers.BrowseView.as_view())),
    path("choose-page/chosen-multiple/", require_admin_access(choosers.ChosenMultipleView.as_view())),
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", require_admin_access(bulk.index)),
    path("tag-autocomplete/", require_admin_access(tags.complete)),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", require_admin_access(tags.complete)),
    *(one for address, view in REPORTS.items() for one in _report(address, view)),
]
