from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

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
