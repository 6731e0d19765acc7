"""Institutions in the admin, and the group that holds all reference tables."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, Panel
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import BaseButton, Button

from institutions.forms import InstitutionForm
from institutions.lifecycle.rights import may_end
from institutions.models import Institution
from taxonomy.viewsets import VIEWSETS, ReferenceIndexView


class InstitutionIndexView(ReferenceIndexView):
    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        # The search also looks into the other names: each institution once, however many of them match.
        return super().search_queryset(queryset).distinct()


class InstitutionEditView(EditView):
    @property
    def header_more_buttons(self) -> list[BaseButton]:
        buttons: list[BaseButton] = super().header_more_buttons
        if may_end(self.request.user):
            address = reverse("lifecycle:index", args=[self.object.pk])
            buttons.append(
                Button(_("Gabungkan, akhiri, riwayat"), url=address, icon_name="history", priority=5)
            )
        return buttons


class InstitutionViewSet(ModelViewSet):
    model = Institution
    index_view_class = InstitutionIndexView
    edit_view_class = InstitutionEditView
    icon = "group"
    menu_label = _("Instansi")
    url_prefix = "rujukan/institution"
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ["code", "name", "name_en", "abbreviation", "names__name"]
    list_display = ["name", "abbreviation", "kind", "region", "is_active"]
    list_filter = ["kind", "is_active"]
    list_per_page = 50

    def get_edit_handler(self) -> Panel:
        fields = ("code", "name", "name_en", "abbreviation", "kind", "region", "website")
        panels = [
            *(FieldPanel(name) for name in fields),
            FieldPanel("sections"),
            InlinePanel("names", heading=_("Nama lain"), label=_("Nama"), panels=["name", "kind"]),
            FieldPanel("predecessors"),
        ]
        return ObjectList(panels, base_form_class=InstitutionForm).bind_to_model(self.model)


class ReferenceTables(ViewSetGroup):
    menu_label = _("Tabel rujukan")
    menu_icon = "table"
    menu_order = 700
    items = (InstitutionViewSet, *VIEWSETS)
