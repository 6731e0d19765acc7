"""Registers the editors' home with Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from home import handbook
from home.desk.drafts import DraftsPanel
from home.desk.first_steps import FirstStepsPanel
from home.desk.listing import ContentListing, content_listing
from home.desk.numbers import InstitutionNumbersPanel, PortalNumbersPanel, ValidatorNumbersPanel


@hooks.register("construct_homepage_panels")
def desk(request: HttpRequest, panels: list[Component]) -> None:
    panels += [
        FirstStepsPanel(),
        DraftsPanel(),
        InstitutionNumbersPanel(),
        ValidatorNumbersPanel(),
        PortalNumbersPanel(),
    ]


@hooks.register("register_admin_viewset")
def contents() -> ContentListing:
    return content_listing


@hooks.register("register_admin_urls")
def handbook_urls() -> list[URLPattern]:
    return [path("panduan/", handbook.page, name="handbook")]


@hooks.register("construct_help_menu")
def without_wagtails_own_guides(request: HttpRequest, items: list[MenuItem]) -> None:
    """They are English, lead out of the portal, and draw a newcomer's first look by a number beside them."""
    items[:] = [item for item in items if not item.name.startswith(("whats-new-", "editor-guide"))]


@hooks.register("register_help_menu_item")
def handbook_menu_item() -> MenuItem:
    return MenuItem(_("Buku panduan"), reverse("handbook"), name="handbook", icon_name="help", order=100)
