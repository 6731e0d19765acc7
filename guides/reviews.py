"""Guides whose review date has passed, for those who may edit them."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from guides.models import GuidePage
from guides.querysets import GuideQuerySet

SHOWN = 10


def overdue_for(user: Any) -> GuideQuerySet:
    """The overdue guides `user` may change, the longest overdue first; none of anybody else's."""
    editable: Any = page_permission_policy.instances_user_has_any_permission_for(user, {"change"})
    return GuidePage.objects.overdue().filter(pk__in=editable.values("pk"))


class OverdueGuidesPanel(Component):
    """On the admin's front page; nothing there when nothing is overdue."""

    name = "overdue_guides"
    template_name = "guides/admin/overdue_panel.html"
    order = 150

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def guides(self) -> list[Page]:
        return list(overdue_for(self.user)[: SHOWN + 1])

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"guides": self.guides[:SHOWN], "more": len(self.guides) > SHOWN}
