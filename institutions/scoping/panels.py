"""The admin's front page: what somebody wrote for an institution he has left is shown him no more."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home
from wagtail.models import Page

from institutions.scoping.pages import own_of


class RecentEdits(home.RecentEditsPanel):
    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        own = _own(parent_context["request"], [page.pk for _date, page in context["last_edits"]])
        context["last_edits"] = [row for row in context["last_edits"] if row[1].pk in own]
        return context


class InModeration(home.UserObjectsInWorkflowModerationPanel):
    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        states = context["workflow_states"]
        own = _own(parent_context["request"], [int(state.object_id) for state in states])
        context["workflow_states"] = [state for state in states if int(state.object_id) in own]
        return context


class LockedPages(home.LockedPagesPanel):
    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        context["locked_pages"] = own_of(parent_context["request"].user, context["locked_pages"])
        return context


NARROWED = {panel.__base__: panel for panel in (RecentEdits, InModeration, LockedPages)}


def narrow(request: HttpRequest, panels: list[Component]) -> None:
    """For the hook `construct_homepage_panels`."""
    panels[:] = [NARROWED[type(panel)]() if type(panel) in NARROWED else panel for panel in panels]


def _own(request: HttpRequest, numbers: list[int]) -> set[int]:
    return set(own_of(request.user, Page.objects.filter(pk__in=numbers)).values_list("pk", flat=True))
