"""On the admin's front page: what came back to this person to be corrected, and what was said of it."""

from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.admin.ui.components import Component
from wagtail.models import Page, PageQuerySet, WorkflowState

from institutions.models import Review
from institutions.scoping.pages import own_of

SHOWN = 5


class ReturnedPanel(Component):
    """Nothing there for whom nothing came back."""

    name = "returned"
    template_name = "institutions/approval/returned.html"
    order = 130

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        # Without those of an institution he has left.
        here = own_of(self.user, Page.objects.all())
        states = WorkflowState.objects.filter(
            status=WorkflowState.STATUS_NEEDS_CHANGES, object_id__in=numbers(here)
        )
        written = Q(object_id__in=numbers(here.filter(owner=self.user)))
        mine = states.filter(Q(requested_by=self.user) | written)
        reviews = Review.objects.filter(pk__in=mine.values("current_task_state"))
        shown = list(reviews.select_related("workflow_state", "finished_by", "task").order_by("-finished_at"))
        pages = here.in_bulk([int(one.workflow_state.object_id) for one in shown[:SHOWN]])
        rows = [(pages.get(int(one.workflow_state.object_id)), one) for one in shown[:SHOWN]]
        return {"rows": [(page, review) for page, review in rows if page], "more": len(shown) - SHOWN}


def numbers(pages: PageQuerySet) -> QuerySet:
    """The numbers of these pages as workflows keep them: as text."""
    return pages.annotate(as_text=Cast("pk", CharField(max_length=255))).order_by().values("as_text")
