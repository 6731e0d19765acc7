"""The page: filtered, page by page, and everything that was filtered as a file."""

from collections import Counter
from typing import Any

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.log_actions import registry
from wagtail.models import BaseLogEntry, PageLogEntry
from wagtail.models.audit_log import LogEntryQuerySet

from institutions.audit import files
from institutions.audit.entries import (
    LOGS,
    by_person,
    entries_of,
    kinds,
    of_institution,
    pages_there,
)
from institutions.memberships import oversees
from institutions.models import Institution


def action_choices() -> list[tuple[str, str]]:
    """All actions there are, by their names; where two have one name, the code tells them apart."""
    labels = {action: str(label) for action, label in registry.get_choices()}
    names = Counter(labels.values())
    told = {code: name if names[name] == 1 else f"{name} ({code})" for code, name in labels.items()}
    return sorted(told.items(), key=lambda choice: choice[1].casefold())


class TrailFilterSet(WagtailFilterSet):
    label = django_filters.CharFilter(label=_("Teks dalam nama"), lookup_expr="icontains")
    person = django_filters.CharFilter(
        label=_("Orang"), method="filter_person", help_text=_("Nama, surel, atau nama akun")
    )
    institution = django_filters.ModelChoiceFilter(
        label=_("Instansi"),
        queryset=Institution.objects.order_by("name"),
        method="filter_institution",
        empty_label=_("Semua"),
        help_text=_("Tindakan anggotanya, dan tindakan siapa pun pada halaman dan keanggotaannya"),
    )
    action = django_filters.ChoiceFilter(
        label=_("Tindakan"), choices=action_choices, empty_label=_("Semua"), widget=forms.Select
    )
    object_type = ContentTypeFilter(
        label=_("Jenis"),
        queryset=lambda request: kinds(),
        method="filter_kind",
        empty_label=_("Semua"),
    )
    timestamp = django_filters.DateFromToRangeFilter(label=_("Masa"), widget=DateRangePickerWidget)

    class Meta:
        model = PageLogEntry
        fields: list[str] = []

    def filter_person(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        people = get_user_model().objects.all()
        for word in value.split():
            fields = ("first_name", "last_name", "email", "username")
            said = Q()
            for field in fields:
                said |= Q(**{f"{field}__icontains": word})
            people = people.filter(said)
        return by_person(queryset, people)

    def filter_institution(self, queryset: QuerySet, name: str, value: Institution) -> QuerySet:
        return of_institution(queryset, value)

    def filter_kind(self, queryset: LogEntryQuerySet, name: str, value: Any) -> LogEntryQuerySet:
        return queryset.filter_on_content_type(value)


class TrailView(LogEntriesView):
    """Wagtail's report of the log, over everything there is: for who oversees the portal."""

    page_title = _("Jejak tindakan")
    filterset_class = TrailFilterSet
    template_name = "institutions/audit/report.html"
    results_template_name = "institutions/audit/results.html"
    index_url_name = "audit:index"
    index_results_url_name = "audit:results"
    list_export = files.COLUMNS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not oversees(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filtered_queryset(self) -> QuerySet:
        """Rows of both logs, for `entries_of`; none where the filter makes no sense."""
        found = []
        for index, model in enumerate(LOGS):
            rows = model.objects.values("pk", "timestamp").annotate(
                log_model_index=Value(index, output_field=IntegerField())
            )
            valid = self.filters is None or self.filters.is_valid()
            found.append((self.filter_queryset(rows) if valid else rows.none()).order_by())
        together: QuerySet = found[0].union(*found[1:], all=True)
        return together.order_by("-timestamp", "log_model_index", "-pk")

    def decorate_paginated_queryset(self, object_list: Any) -> list[BaseLogEntry]:
        entries = entries_of(object_list)
        there = pages_there(entries)
        for entry in entries:
            entry.is_there = getattr(entry, "page_id", None) in there
        return entries

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_export:
            return files.respond(self.get_filtered_queryset(), request.GET["export"])
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response
