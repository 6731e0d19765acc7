"""What the page on which a translation is worked on says of its way to readers."""

from dataclasses import dataclass
from typing import Any

from django import template
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation

from institutions.models import Review
from institutions.translating.drafts import missing
from institutions.translating.editor import allowed_props

register = template.Library()
register.filter(allowed_props)


@dataclass(frozen=True, slots=True)
class Standing:
    """`missing`: how many texts are untranslated. `review`: the approval that is asked for, or was refused;
    `may_decide`, `may_submit`: what this person can do about it."""

    missing: int
    review: Review | None
    is_returned: bool
    may_decide: bool
    may_submit: bool


@register.simple_tag
def translation_standing(translation: Translation, page: Page, user: Any) -> Standing:
    state = page.current_workflow_state
    reviews = Review.objects.select_related("finished_by", "task")
    review = reviews.filter(pk=state.current_task_state_id).first() if state else None
    under_review = state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS
    lacking = missing(translation).count()
    return Standing(
        missing=lacking,
        review=review,
        is_returned=state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES,
        may_decide=under_review and review is not None and review.task.specific.may_review(page, user),
        may_submit=not under_review,
    )
