"""At the head of a page's editing form: what was said of it when it was returned to be corrected."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.models import WorkflowState

from institutions.models import Review


class RemarksPanel(Panel):
    """Nothing there unless the page was returned and has not been submitted again."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Dikembalikan untuk diperbaiki"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "institutions/approval/said.html"

        @cached_property
        def review(self) -> Review | None:
            if not self.instance.pk:
                return None
            returned = self.instance.workflow_states.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
            reviews = Review.objects.filter(pk__in=returned.values("current_task_state"))
            return reviews.select_related("finished_by", "workflow_state").first()

        def is_shown(self) -> bool:
            return self.review is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "review": self.review}
