"""All innovations an editor may see, in one table of the admin: how far each has come."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from directory.choices import EvidenceLevel, OperationalStatus, Source
from directory.derived.completeness import ITEMS
from directory.derived.confirmation import Badge
from directory.models import InnovationPage
from directory.quality import conditions
from institutions.models import Institution
from taxonomy.models import Region, Sector

# Value → label, lowest and highest percentage.
COMPLETENESS_BANDS = {
    "low": (_("di bawah 40%"), 0, 39),
    "middle": (_("40–79%"), 40, 79),
    "high": (_("80% atau lebih"), 80, 100),
}


class InnovationFilterSet(WagtailFilterSet):
    live = django_filters.ChoiceFilter(
        label=_("Terbit"),
        choices=[("True", _("Sudah terbit")), ("False", _("Belum terbit"))],
        widget=forms.RadioSelect,
        empty_label=_("Semua"),
    )
    completeness = django_filters.ChoiceFilter(
        label=_("Kelengkapan"),
        choices=[(value, label) for value, (label, _low, _high) in COMPLETENESS_BANDS.items()],
        method="in_band",
        widget=forms.RadioSelect,
        empty_label=_("Semua"),
    )
    evidence_level = django_filters.MultipleChoiceFilter(
        label=_("Tingkat bukti"), choices=EvidenceLevel.choices, widget=forms.CheckboxSelectMultiple
    )
    operational_status = django_filters.MultipleChoiceFilter(
        label=_("Status keberlanjutan"),
        choices=OperationalStatus.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    missing = django_filters.ChoiceFilter(
        label=_("Isian yang kurang"),
        choices=[(item.field, item.label) for item in ITEMS],
        method="lacks",
        empty_label=_("Semua"),
    )
    confirmation = django_filters.ChoiceFilter(
        label=_("Konfirmasi"),
        choices=[*Badge.choices, (conditions.NEVER, _("Belum pernah dikonfirmasi"))],
        method="in_confirmation",
        empty_label=_("Semua"),
    )
    place = django_filters.ChoiceFilter(
        label=_("Wilayah"),
        choices=[("none", _("Tanpa wilayah, juga instansinya"))],
        method="in_place",
        empty_label=_("Semua"),
    )
    province = django_filters.ModelChoiceFilter(
        label=_("Provinsi"),
        queryset=Region.objects.filter(kind=Region.Kind.PROVINCE),
        method="in_province",
        empty_label=_("Semua"),
    )
    institution = django_filters.ModelChoiceFilter(
        label=_("Instansi"), queryset=Institution.objects.all(), empty_label=_("Semua")
    )
    institution_text = django_filters.CharFilter(label=_("Nama instansi dari sumber, persis"), max_length=300)
    institution_kind = django_filters.MultipleChoiceFilter(
        label=_("Jenis instansi"),
        field_name="institution__kind",
        choices=Institution.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    sectors = django_filters.ModelChoiceFilter(
        label=_("Sektor"), queryset=Sector.objects.active(), empty_label=_("Semua")
    )
    source = django_filters.ChoiceFilter(
        label=_("Sumber"),
        choices=[*Source.choices, (conditions.NO_SOURCE, _("Tanpa sumber"))],
        method="from_source",
        empty_label=_("Semua"),
    )

    class Meta:
        model = InnovationPage
        fields: list[str] = []

    def in_band(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        _label, low, high = COMPLETENESS_BANDS[value]
        return queryset.filter(completeness__range=(low, high))

    def in_province(self, queryset: QuerySet, name: str, value: Region) -> QuerySet:
        own = Q(region=value) | Q(region__province=value)
        owners = Q(institution__region=value) | Q(institution__region__province=value)
        return queryset.filter(own | Q(region=None) & owners)

    def from_source(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(
            pk__in=conditions.from_source(InnovationPage.objects.all(), value).values("pk")
        )

    # By key, here too: the admin's search takes no conditions but plain ones.
    def lacks(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        lacking = InnovationPage.objects.filter(conditions.lacking(value))
        return queryset.filter(pk__in=lacking.values("pk"))

    def in_place(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        found = InnovationPage.objects.filter(conditions.without_place())
        return queryset.filter(pk__in=found.values("pk"))

    def in_confirmation(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == conditions.NEVER:
            found = InnovationPage.objects.filter(conditions.never_confirmed())
        else:
            found = conditions.with_badge(InnovationPage.objects.all()).filter(badge=value)
        return queryset.filter(pk__in=found.values("pk"))


class InnovationIndexView(IndexView):
    def annotate_queryset(self, pages: QuerySet) -> QuerySet:
        # Not select_related: Wagtail reads the specific pages in a query of its own.
        return super().annotate_queryset(pages).prefetch_related("institution", "region__province")


class InnovationListingViewSet(PageListingViewSet):
    model = InnovationPage
    index_view_class = InnovationIndexView
    icon = "clipboard-list"
    menu_label = _("Profil inovasi")
    menu_order = 110
    add_to_admin_menu = True
    list_per_page = 50
    filterset_class = InnovationFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        Column("registry_code", label=_("Nomor"), sort_key="registry_number", width="8%"),
        # Without Wagtail's menu of actions: wagtail-localize asks two queries a row for its own there.
        TitleColumn(
            "title",
            label=_("Judul"),
            accessor="get_admin_display_title",
            sort_key="title",
            width="26%",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        ),
        Column("institution", label=_("Instansi"), sort_key="institution__name", width="14%"),
        Column("region", label=_("Wilayah"), sort_key="region__name_id", width="11%"),
        Column("completeness", label=_("Lengkap (%)"), sort_key="completeness", width="8%"),
        Column(
            "evidence_level",
            label=_("Tingkat bukti"),
            accessor="get_evidence_level_display",
            sort_key="evidence_level",
            width="10%",
        ),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
        DateColumn("latest_revision_created_at", label=_("Diubah"), sort_key="latest_revision_created_at"),
    ]


innovation_listing_viewset = InnovationListingViewSet("innovations")
