"""Registers the directory with Wagtail's admin; the logic is in the modules named here."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from directory.editing.choosers import institution_chooser_viewset, region_chooser_viewset
from directory.editing.listing import innovation_listing_viewset


@hooks.register("register_admin_viewset")
def choosers() -> list[ViewSet]:
    return [region_chooser_viewset, institution_chooser_viewset]


@hooks.register("register_admin_viewset")
def listing() -> ViewSet:
    return innovation_listing_viewset
