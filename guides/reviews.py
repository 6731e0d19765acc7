"""Guides whose review date has come, for those who may edit them."""

from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from guides.models import GuidePage
from guides.querysets import GuideQuerySet

SHOWN = 8


def due_for(user: Any) -> GuideQuerySet:
    """The guides `user` may change whose review date has come, the longest overdue first."""
    editable: Any = page_permission_policy.instances_user_has_any_permission_for(user, {"change"})
    # Asked of each guide that is due, not of all pages somebody may change.
    return GuidePage.objects.due().of_active_institutions().filter(Exists(editable.filter(pk=OuterRef("pk"))))


class DueGuidesPanel(Component):
    """On the admin's front page; nothing there when none is due."""

    name = "due_guides"
    template_name = "guides/admin/due_panel.html"
    order = 150

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        guides = list(due_for(self.user)[: SHOWN + 1])
        return {"guides": guides[:SHOWN], "more": len(guides) > SHOWN}
