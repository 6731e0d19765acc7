"""Registers the institutions and reference tables with Wagtail's admin."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSetGroup

from institutions.approval.panel import ReturnedPanel
from institutions.scoping.choosers import known_pages
from institutions.scoping.reports import without_usage
from institutions.viewsets import ReferenceTables

hooks.register("construct_page_chooser_queryset", known_pages)
hooks.register("construct_reports_menu", without_usage)


@hooks.register("construct_homepage_panels")
def returned(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(ReturnedPanel(request.user))


@hooks.register("register_admin_viewset")
def reference_tables() -> ViewSetGroup:
    return ReferenceTables()
