"""Addresses that stand before Wagtail's own."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from institutions.scoping import choosers, reports

urlpatterns = [
    path("choose-page/", require_admin_access(choosers.BrowseView.as_view())),
    path("choose-page/<int:parent_page_id>/", require_admin_access(choosers.BrowseView.as_view())),
    path("choose-page/chosen-multiple/", require_admin_access(choosers.ChosenMultipleView.as_view())),
    path("reports/page-types-usage/", require_admin_access(reports.UsageView.as_view())),
    path(
        "reports/page-types-usage/results/",
        require_admin_access(reports.UsageView.as_view(results_only=True)),
    ),
]
