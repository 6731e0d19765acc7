"""What happens when a workflow has ended well (WAGTAIL_FINISH_WORKFLOW_ACTION).

Wagtail reads this module while its own models are being made: it can import none.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from accounts.models import User


def publish_approved(state: "WorkflowState", user: "User | None" = None) -> None:
    """Whoever gave the last approval publishes by it, though he may publish nothing otherwise."""
    state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=True)
