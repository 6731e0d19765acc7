"""Registers the directory with Wagtail's admin; the logic is in the modules named here."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from directory.confirming.answers import ACTION as CONFIRM
from directory.confirming.panel import ConfirmationsPanel
from directory.editing.admin_api import PagesViewSet, refuse_live_copies
from directory.editing.choosers import institution_chooser_viewset, region_chooser_viewset
from directory.editing.deletion import refuse_in_bulk, with_history
from directory.editing.listing import innovation_listing_viewset
from directory.imports import log as imports_log
from directory.imports.admin.rights import ImportMenuItem
from directory.merging import log
from directory.merging.admin.rights import MergingMenuItem
from directory.quality.rights import QualityMenuItem
from directory.rights import choosable_permissions
from directory.validating import log as validating_log
from directory.validating.menu import ValidatingMenuItem
from directory.validating.panel import ValidationsPanel


@hooks.register("register_admin_viewset")
def choosers() -> list[ViewSet]:
    return [region_chooser_viewset, institution_chooser_viewset]


@hooks.register("register_admin_viewset")
def listing() -> ViewSet:
    return innovation_listing_viewset


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern | URLResolver]:
    return [path("imports/", include("directory.imports.admin.urls"))]


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem(_("Impor"), reverse("imports:index"), name="imports", icon_name="upload", order=250)


@hooks.register("construct_admin_api")
def pages_api(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", PagesViewSet)


@hooks.register("before_copy_page")
def no_live_copies(request: HttpRequest, page: Page) -> None:
    refuse_live_copies(request, page)


@hooks.register("register_admin_urls")
def quality_urls() -> list[URLPattern | URLResolver]:
    return [path("mutu-data/", include("directory.quality.urls"))]


@hooks.register("register_admin_menu_item")
def quality_menu_item() -> MenuItem:
    return QualityMenuItem(
        _("Mutu data"), reverse("quality:index"), name="quality", icon_name="glasses", order=260
    )


@hooks.register("register_admin_urls")
def confirming_urls() -> list[URLPattern | URLResolver]:
    return [path("konfirmasi/", include("directory.confirming.urls"))]


@hooks.register("register_admin_urls")
def validating_urls() -> list[URLPattern | URLResolver]:
    return [path("validasi/", include("directory.validating.urls"))]


@hooks.register("register_admin_menu_item")
def validating_menu_item() -> MenuItem:
    url = reverse("validating:index")
    return ValidatingMenuItem(_("Validasi"), url, name="validating", icon_name="clipboard-list", order=240)


@hooks.register("register_log_actions")
def log_of_validators(actions: LogActionRegistry) -> None:
    validating_log.register(actions)


@hooks.register("construct_homepage_panels")
def confirmations(request: HttpRequest, panels: list[Component]) -> None:
    panels += [ValidationsPanel(request.user), ConfirmationsPanel(request.user)]


@hooks.register("register_log_actions")
def log_of_answers(actions: LogActionRegistry) -> None:
    actions.register_action(
        CONFIRM, _("Jawab “Masih berjalan?”"), _("Menjawab apakah inovasi masih berjalan")
    )


hooks.register("register_log_actions", imports_log.register)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return choosable_permissions()


@hooks.register("register_admin_urls")
def merging_urls() -> list[URLPattern | URLResolver]:
    return [path("merging/", include("directory.merging.admin.urls"))]


@hooks.register("register_admin_menu_item")
def merging_menu_item() -> MenuItem:
    url = reverse("merging:index")
    return MergingMenuItem(_("Catatan ganda"), url, name="merging", icon_name="copy", order=255)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    log.register(actions)


@hooks.register("before_bulk_action")
def keep_history_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    return refuse_in_bulk(request, action_type, objects, action)


@hooks.register("construct_explorer_page_queryset")
def history_at_once(parent_page: Page, pages: QuerySet, request: HttpRequest) -> QuerySet:
    return with_history(pages)
