"""On the admin's front page: what waits for a validator."""

from typing import Any

from wagtail.admin.ui.components import Component

from directory.validating import queue
from directory.validating.validators import validates
from institutions.approval.owners import pages_edited_by
from institutions.memberships import oversees

SHOWN = 5


def without_doubles(panels: list[Component], user: Any) -> list[Component]:
    """Without Wagtail's own list of what awaits review, for those who review nothing but validations: it
    leads to the editor, into which they cannot get."""
    if oversees(user) or not validates(user) or pages_edited_by(user).exists():
        return panels
    return [panel for panel in panels if panel.name != "workflow_objects_to_moderate"]


class ValidationsPanel(Component):
    """Nothing there for who validates nothing."""

    name = "validations"
    template_name = "directory/validating/panel.html"
    order = 140

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        if not validates(self.user):
            return {"rows": [], "count": 0}
        reviews = queue.reviews_for(self.user)
        return {"rows": queue.rows(list(reviews[:SHOWN])), "count": reviews.count()}
