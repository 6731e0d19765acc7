"""Registers the search with Wagtail's admin; the logic is in the modules named here."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from search.insight.admin.panel import MyCallsPanel
from search.insight.admin.rights import InsightMenuItem, choosable_permissions
from search.operations import views
from search.operations.menu import StateMenuItem
from search.viewsets import SynonymGroupViewSet, synonym_groups


@hooks.register("register_admin_viewset")
def register_synonyms() -> SynonymGroupViewSet:
    return synonym_groups


@hooks.register("register_admin_urls")
def state_urls() -> list[URLPattern]:
    return [path("pencarian/keadaan/", views.page, name="search_state")]


@hooks.register("register_reports_menu_item")
def state_menu_item() -> MenuItem:
    return StateMenuItem(
        _("Keadaan pencarian"), reverse("search_state"), name="search-state", icon_name="search", order=900
    )


@hooks.register("register_admin_urls")
def insight_urls() -> list[URLPattern | URLResolver]:
    return [path("wawasan-pencarian/", include("search.insight.admin.urls"))]


@hooks.register("register_admin_menu_item")
def insight_menu_item() -> MenuItem:
    return InsightMenuItem(
        _("Wawasan pencarian"), reverse("insight:index"), name="search-insight", icon_name="search", order=265
    )


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return choosable_permissions()


@hooks.register("construct_homepage_panels")
def my_calls(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(MyCallsPanel(request.user))
