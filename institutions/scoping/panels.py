"""The admin's front page: what somebody wrote for an institution he has left is shown him no more."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home
from wagtail.models import Page

from institutions.approval.desk import AwaitingPanel, SubmittedPanel
from institutions.scoping.pages import own_of

LOCKED_SHOWN = 8


class RecentEdits(home.RecentEditsPanel):
    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        own = _own(parent_context["request"], [page.pk for _date, page in context["last_edits"]])
        context["last_edits"] = [row for row in context["last_edits"] if row[1].pk in own]
        return context


class LockedPages(Component):
    """What this person has locked, in place of Wagtail's, which reads several queries for every row."""

    name = "locked_pages"
    template_name = "institutions/locked.html"
    order = 300

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        locked = own_of(user, Page.objects.filter(locked=True, locked_by=user))
        shown = locked.order_by("-locked_at", "-pk")
        return {"pages": list(shown[:LOCKED_SHOWN]), "more": locked.count() - LOCKED_SHOWN}


REPLACED: dict[Any, type[Component]] = {
    home.RecentEditsPanel: RecentEdits,
    home.LockedPagesPanel: LockedPages,
    home.WorkflowObjectsToModeratePanel: AwaitingPanel,
    home.UserObjectsInWorkflowModerationPanel: SubmittedPanel,
}


def narrow(request: HttpRequest, panels: list[Component]) -> None:
    """For the hook `construct_homepage_panels`."""
    panels[:] = [REPLACED[type(panel)]() if type(panel) in REPLACED else panel for panel in panels]


def _own(request: HttpRequest, numbers: list[int]) -> set[int]:
    return set(own_of(request.user, Page.objects.filter(pk__in=numbers)).values_list("pk", flat=True))
