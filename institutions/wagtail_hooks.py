"""Registers the institutions and reference tables with Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from institutions import log
from institutions.approval.leaving import after_many, before_many
from institutions.approval.panel import ReturnedPanel
from institutions.audit.menu import TrailMenuItem
from institutions.collection_names import script
from institutions.collection_names.views import names
from institutions.inviting.menu import MembersMenuItem
from institutions.lifecycle.closed import (
    refuse_copying_there,
    refuse_moving_many_there,
    refuse_moving_there,
    refuse_new,
    wait_for_ending,
)
from institutions.scoping.choosers import known_pages
from institutions.scoping.files import only_of_published, own_files
from institutions.scoping.panels import narrow
from institutions.scoping.reports import without_usage
from institutions.translating.aliases import refuse_alias_there
from institutions.translating.editor import before_edit, without_menu_items
from institutions.translating.menu import TranslatingMenuItem
from institutions.translating.panel import TranslationsPanel
from institutions.viewsets import ReferenceTables

hooks.register("construct_page_chooser_queryset", known_pages)
hooks.register("construct_reports_menu", without_usage)
hooks.register("before_create_page", wait_for_ending)
hooks.register("before_create_page", refuse_new)
hooks.register("before_copy_page", refuse_copying_there)
hooks.register("before_copy_page", refuse_alias_there)
hooks.register("before_move_page", refuse_moving_there)
hooks.register("before_bulk_action", refuse_moving_many_there)
hooks.register("before_bulk_action", before_many)
hooks.register("after_bulk_action", after_many)
hooks.register("before_serve_document", only_of_published)
hooks.register("construct_homepage_panels", narrow)
hooks.register("insert_global_admin_js", script)
hooks.register("construct_page_action_menu", without_menu_items)
# Before wagtail-localize's, which answers.
hooks.register("before_edit_page", before_edit, order=-1)


# After Wagtail's own endpoints of the same names.
hooks.register("construct_admin_api", own_files, order=1)


@hooks.register("register_admin_urls")
def member_urls() -> list[URLPattern | URLResolver]:
    return [path("anggota/", include("institutions.inviting.urls"))]


@hooks.register("register_admin_urls")
def collection_urls() -> list[URLPattern | URLResolver]:
    return [path("koleksi/nama/", names, name="collection_names")]


@hooks.register("register_admin_urls")
def lifecycle_urls() -> list[URLPattern | URLResolver]:
    return [path("instansi/", include("institutions.lifecycle.urls"))]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    log.register(actions)


@hooks.register("register_admin_menu_item")
def members_menu_item() -> MenuItem:
    return MembersMenuItem(
        _("Anggota"), reverse("members:index"), name="members", icon_name="group", order=270
    )


@hooks.register("register_admin_urls")
def audit_urls() -> list[URLPattern | URLResolver]:
    return [path("jejak/", include("institutions.audit.urls"))]


@hooks.register("register_admin_menu_item")
def audit_menu_item() -> MenuItem:
    url = reverse("audit:index")
    return TrailMenuItem(_("Jejak tindakan"), url, name="audit", icon_name="history", order=275)


@hooks.register("construct_homepage_panels")
def returned(request: HttpRequest, panels: list[Component]) -> None:
    panels += [ReturnedPanel(request.user), TranslationsPanel(request.user)]


@hooks.register("register_admin_urls")
def translating_urls() -> list[URLPattern | URLResolver]:
    return [path("terjemahan/", include("institutions.translating.urls"))]


@hooks.register("register_admin_menu_item")
def translating_menu_item() -> MenuItem:
    url = reverse("translating:index")
    return TranslatingMenuItem(_("Terjemahan"), url, name="translating", icon_name="globe", order=265)


@hooks.register("register_admin_viewset")
def reference_tables() -> ViewSetGroup:
    return ReferenceTables()
