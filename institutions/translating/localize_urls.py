"""Addresses that stand before wagtail-localize's own."""

from typing import Any

from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access

from institutions.translating import editor, overrides, replaced

# Below the address of one translation.
TRANSLATION = {
    "strings/<int:string_segment_id>/edit/": replaced.edit_string,
    "overrides/<int:overridable_segment_id>/edit/": overrides.edit_override,
    "pofile/upload/": replaced.upload,
    "pofile/download/": editor.download,
    "machine_translate/": replaced.machine_translate,
    "preview/": editor.preview,
    "preview/<str:mode>/": editor.preview,
    "disable/": editor.not_here,
}


def _path(address: str, view: Any) -> URLPattern:
    return path(f"localize/{address}", require_admin_access(view))


urlpatterns = [
    _path("submit/page/<int:page_id>/", replaced.SubmitView.as_view()),
    _path("update/<int:translation_source_id>/", replaced.UpdateView.as_view()),
    _path("page/<int:page_id>/convert_to_alias/", editor.not_here),
    *(_path(f"translate/<int:translation_id>/{address}", view) for address, view in TRANSLATION.items()),
]
