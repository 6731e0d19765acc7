"""Choosing a region among 552 and an institution among hundreds, without putting them all into the form."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import BaseChooseView, ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from institutions.models import Institution
from taxonomy.models import Region

SEARCH_LENGTH = 100


class NameFilterForm(BaseFilterForm):
    """Finds by part of a name. The subclass says in which fields."""

    search_fields: tuple[str, ...] = ()

    q = forms.CharField(
        label=_("Cari nama"),
        required=False,
        max_length=SEARCH_LENGTH,
        widget=forms.TextInput(attrs={"placeholder": _("Ketik sebagian namanya")}),
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        self.search_query = self.cleaned_data.get("q") or None
        self.is_searching = self.search_query is not None
        for word in (self.search_query or "").split():
            anywhere = Q()
            for name in self.search_fields:
                anywhere |= Q(**{f"{name}__icontains": word})
            objects = objects.filter(anywhere)
        return objects


class RegionFilterForm(NameFilterForm):
    search_fields = ("name_id", "province__name_id")

    province = forms.ModelChoiceField(
        label=_("Provinsi"),
        queryset=Region.objects.filter(kind=Region.Kind.PROVINCE),
        required=False,
        empty_label=_("Semua provinsi"),
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        objects = super().filter(objects)
        province = self.cleaned_data.get("province")
        return objects.filter(Q(pk=province.pk) | Q(province=province)) if province else objects


class InstitutionFilterForm(NameFilterForm):
    search_fields = ("name", "abbreviation")

    kind = forms.ChoiceField(
        label=_("Jenis"), choices=[("", _("Semua jenis")), *Institution.Kind.choices], required=False
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        objects = super().filter(objects)
        kind = self.cleaned_data.get("kind")
        return objects.filter(kind=kind) if kind else objects


class RegionChoices(BaseChooseView):
    filter_form_class = RegionFilterForm

    def get_object_list(self) -> QuerySet:
        return Region.objects.active().select_related("province")

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            Column("kind", label=_("Jenis"), accessor="get_kind_display"),
            Column("province", label=_("Provinsi"), accessor="province_or_self"),
        ]


class RegionChooseView(RegionChoices, ChooseView):
    pass


class RegionChooseResultsView(RegionChoices, ChooseResultsView):
    pass


class InstitutionChoices(BaseChooseView):
    filter_form_class = InstitutionFilterForm

    def get_object_list(self) -> QuerySet:
        return Institution.objects.filter(is_active=True)

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("kind", label=_("Jenis"), accessor="get_kind_display")]


class InstitutionChooseView(InstitutionChoices, ChooseView):
    pass


class InstitutionChooseResultsView(InstitutionChoices, ChooseResultsView):
    pass


class RegionWidget(BaseChooser):
    """Says a regency together with its province: names repeat."""

    clear_choice_text = _("Hapus pilihan")
    show_edit_link = False

    def get_display_title(self, instance: Any) -> str:
        return f"{instance.name}, {instance.province.name}" if instance.province_id else instance.name


class InstitutionWidget(BaseChooser):
    clear_choice_text = _("Hapus pilihan")
    show_edit_link = False


class ChooseOnlyViewSet(ChooserViewSet):
    """Chooses from what there is: a region or an institution is not made on the way."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class RegionChooserViewSet(ChooseOnlyViewSet):
    model = Region
    icon = "globe"
    per_page = 40
    choose_one_text = _("Pilih wilayah")
    choose_another_text = _("Ganti wilayah")
    choose_view_class = RegionChooseView
    choose_results_view_class = RegionChooseResultsView
    base_widget_class = RegionWidget


class InstitutionChooserViewSet(ChooseOnlyViewSet):
    model = Institution
    icon = "group"
    per_page = 40
    choose_one_text = _("Pilih instansi")
    choose_another_text = _("Ganti instansi")
    choose_view_class = InstitutionChooseView
    choose_results_view_class = InstitutionChooseResultsView
    base_widget_class = InstitutionWidget


region_chooser_viewset = RegionChooserViewSet("region_chooser")
institution_chooser_viewset = InstitutionChooserViewSet("institution_chooser")
