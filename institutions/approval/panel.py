"""On the admin's front page: what came back to this person to be corrected, and what was said of it."""

from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState

from institutions.approval.states import of_person
from institutions.models import Review

SHOWN = 5


class ReturnedPanel(Component):
    """Nothing there for whom nothing came back."""

    name = "returned"
    template_name = "institutions/approval/returned.html"
    order = 130

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        mine = of_person(self.user, WorkflowState.STATUS_NEEDS_CHANGES)
        reviews = Review.objects.filter(pk__in=mine.values("current_task_state"))
        shown = list(reviews.select_related("workflow_state", "finished_by").order_by("-finished_at"))
        pages = Page.objects.in_bulk([int(one.workflow_state.object_id) for one in shown[:SHOWN]])
        rows = [(pages.get(int(one.workflow_state.object_id)), one) for one in shown[:SHOWN]]
        return {"rows": [(page, review) for page, review in rows if page], "more": len(shown) - SHOWN}
