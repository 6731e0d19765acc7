"""The list behind the numbers of the editors' home: what one has rights on, by kind and state."""

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, ParentPageColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page

from home.desk.contents import (
    State,
    below_sections_of,
    content_types,
    contents,
    in_state,
    kinds_of,
    written_by,
)
from institutions.memberships import oversees
from institutions.models import Institution
from institutions.roles import SectionKind

MINE = "mine"


def address(**filters: str | int) -> str:
    """The address of the list, filtered."""
    return f"{reverse('contents:index')}?{urlencode(filters)}"


def _institutions(request: HttpRequest) -> QuerySet[Institution]:
    found = Institution.objects.all()
    return found if oversees(request.user) else found.filter(pk__in=kinds_of(request.user))


class ContentFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("Bagian"),
        choices=SectionKind.choices,
        method="of_kind",
        widget=forms.RadioSelect,
        empty_label=_("Semua"),
    )
    state = django_filters.ChoiceFilter(
        label=_("Keadaan"),
        choices=State.choices,
        method="in_that_state",
        widget=forms.RadioSelect,
        empty_label=_("Semua"),
    )
    by = django_filters.ChoiceFilter(
        label=_("Ditulis oleh"),
        choices=[(MINE, _("Saya"))],
        method="written",
        widget=forms.RadioSelect,
        empty_label=_("Siapa pun"),
    )
    language = django_filters.ChoiceFilter(
        label=_("Bahasa"),
        field_name="locale__language_code",
        choices=settings.WAGTAIL_CONTENT_LANGUAGES,
        widget=forms.RadioSelect,
        empty_label=_("Semua"),
    )
    institution = django_filters.ModelChoiceFilter(
        label=_("Instansi"), queryset=_institutions, method="of_institution", empty_label=_("Semua")
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def of_kind(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(content_type__in=content_types([value]))

    # By key: the admin's search takes no conditions but plain ones.
    def in_that_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(pk__in=Page.objects.filter(in_state(value)).values("pk"))

    def written(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(pk__in=Page.objects.filter(written_by(self.request.user)).values("pk"))

    def of_institution(self, queryset: QuerySet, name: str, value: Institution) -> QuerySet:
        return queryset.filter(pk__in=Page.objects.filter(below_sections_of([value])).values("pk"))


class ContentIndexView(IndexView):
    page_title = _("Isi yang Anda kelola")

    def get_base_queryset(self) -> QuerySet:
        # By key, for the admin's search.
        return self.annotate_queryset(
            Page.objects.filter(pk__in=contents(self.request.user).order_by().values("pk"))
        )


class ContentListing(PageListingViewSet):
    model = Page
    index_view_class = ContentIndexView
    icon = "doc-full-inverse"
    url_prefix = "isi"
    list_per_page = 50
    filterset_class = ContentFilterSet
    columns = [
        # Without Wagtail's menu of actions: wagtail-localize asks two queries a row for its own there.
        TitleColumn(
            "title",
            label=_("Judul"),
            accessor="get_admin_display_title",
            sort_key="title",
            width="40%",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        ),
        ParentPageColumn("parent", label=_("Di")),
        Column("page_type_display_name", label=_("Jenis"), width="12%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
        DateColumn(
            "latest_revision_created_at",
            label=_("Diubah"),
            sort_key="latest_revision_created_at",
            width="14%",
        ),
    ]

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        # New pages are begun in their section.
        return {**super().get_common_view_kwargs(**kwargs), "add_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]


content_listing = ContentListing("contents")
