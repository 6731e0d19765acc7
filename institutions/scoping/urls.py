"""Addresses that stand before Wagtail's own."""

from typing import Any

from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access

from institutions.scoping import bulk, choosers, overrides, reports, tags
from institutions.translating import editor, replaced

REPORTS = {
    "reports/page-types-usage/": reports.UsageView,
    "reports/site-history/": reports.HistoryView,
    "reports/locked/": reports.LockedView,
    "reports/workflow/": reports.WorkflowView,
    "localize/reports/translations/": reports.TranslationsView,
}
# Below the address of one translation.
TRANSLATIONS = {
    "preview/": editor.preview,
    "preview/<str:mode>/": editor.preview,
    "pofile/download/": editor.download,
    "disable/": editor.not_here,
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
    path(
        "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
        require_admin_access(overrides.edit_override),
    ),
    path("localize/submit/page/<int:page_id>/", require_admin_access(replaced.SubmitView.as_view())),
    path("localize/update/<int:translation_source_id>/", require_admin_access(replaced.UpdateView.as_view())),
    path(
        "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
        require_admin_access(replaced.edit_string),
    ),
    path("localize/translate/<int:translation_id>/pofile/upload/", require_admin_access(replaced.upload)),
    path(
        "localize/translate/<int:translation_id>/machine_translate/",
        require_admin_access(replaced.machine_translate),
    ),
    *(
        path(f"localize/translate/<int:translation_id>/{address}", require_admin_access(view))
        for address, view in TRANSLATIONS.items()
    ),
    path("localize/page/<int:page_id>/convert_to_alias/", require_admin_access(editor.not_here)),
    *(one for address, view in REPORTS.items() for one in _report(address, view)),
]
