"""Synonym groups in the admin: for programme owners, who hear which words readers use."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.viewsets.model import ModelViewSet

from search.models import SynonymGroup
from search.understanding.thesaurus import split


class SynonymGroupForm(WagtailAdminModelForm):
    """Sees to it that both cells hold words, and marks the row as written by a person."""

    def clean_terms(self) -> str:
        return self._phrases("terms")

    def clean_members(self) -> str:
        return self._phrases("members")

    def save(self, commit: bool = True) -> Any:
        self.instance.is_edited = True
        return super().save(commit)

    def _phrases(self, field: str) -> str:
        text: str = self.cleaned_data[field]
        if not split(text):
            raise forms.ValidationError(_("Isi paling sedikit satu kata, misalnya: kartu tanda penduduk."))
        return " | ".join(part.strip() for part in text.split("|") if part.strip())


class SynonymGroupViewSet(ModelViewSet):
    model = SynonymGroup
    icon = "list-ul"
    menu_label = _("Sinonim pencarian")
    menu_order = 700
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["terms", "kind", "members", "is_active"]
    list_filter = ["kind", "is_active"]
    search_backend_name = None
    search_fields = ["terms", "members"]
    ordering = ["terms", "kind"]

    def get_edit_handler(self) -> Panel:
        panels = [FieldPanel(name) for name in ("kind", "terms", "members", "note", "is_active")]
        return ObjectList(panels, base_form_class=SynonymGroupForm).bind_to_model(self.model)


synonym_groups = SynonymGroupViewSet("synonyms")
