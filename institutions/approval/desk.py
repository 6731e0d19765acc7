"""On the admin's front page: what awaits somebody's approval, and where what he submitted has got to.

They stand in the places of Wagtail's own, which read several queries for every row and show all rows.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Task, TaskState, WorkflowState

from institutions.approval.states import of_person
from institutions.memberships import oversees
from institutions.models import ReviewTask

SHOWN = 8


class AwaitingPanel(Component):
    """What this person should approve, the oldest first; of who oversees the portal, what waits too long.

    What has a page of its own to be settled on (`has_queue`) has its own panel.
    """

    name = "awaiting"
    template_name = "institutions/approval/awaiting.html"
    order = 110

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        limit = timezone.now() - timedelta(days=settings.REVIEW_DAYS)
        # Their number does not grow.
        tasks = {task.pk: task for task in Task.objects.filter(active=True).specific()}
        states = _reviewed_by(user, tasks.values())
        late_only = oversees(user)
        if late_only:
            states = states.filter(started_at__lte=limit)
        people = ("workflow_state__requested_by", "review__assigned_to")
        shown = states.select_related(*people).order_by("started_at", "pk")
        rows = [
            {
                "page": page, "url": _address(tasks[state.task_id], state), "since": state.started_at,
                "by": state.workflow_state.requested_by, "late": state.started_at <= limit,
                "desk": getattr(getattr(state, "review", None), "assigned_to", None),
            }
            for state, page in _with_pages([(one, one.workflow_state) for one in shown[:SHOWN]])
        ]  # fmt: skip
        return {"rows": rows, "more": states.count() - SHOWN, "late_only": late_only}


class SubmittedPanel(Component):
    """What this person wrote or submitted and others have to approve, the newest first."""

    name = "submitted"
    template_name = "institutions/approval/submitted.html"
    order = 180

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        states = of_person(user, WorkflowState.STATUS_IN_PROGRESS)
        shown = states.select_related("current_task_state__task").order_by("-created_at", "-pk")
        rows = _with_pages([(one.current_task_state, one) for one in shown[:SHOWN]])
        return {"rows": [(page, state) for state, page in rows], "more": states.count() - SHOWN}


def _reviewed_by(user: Any, tasks: Iterable[Task]) -> QuerySet[TaskState]:
    states = TaskState.objects.none()
    for task in tasks:
        if not getattr(task, "has_queue", False):
            states = states | task.get_task_states_user_can_moderate(user)
    return TaskState.objects.filter(pk__in=states.values("pk"))


def _address(task: Any, state: TaskState) -> str:
    if isinstance(task, ReviewTask):
        return task.address(state)
    return reverse("wagtailadmin_pages:edit", args=[state.workflow_state.object_id])


def _with_pages(
    states: Sequence[tuple[Any, WorkflowState]],
) -> list[tuple[Any, Page]]:
    """Each with its page; without those whose page is gone."""
    pages = Page.objects.in_bulk([int(workflow.object_id) for _state, workflow in states])
    return [
        (state, pages[int(workflow.object_id)])
        for state, workflow in states
        if int(workflow.object_id) in pages
    ]
