"""On the admin's front page: what waits for a validator."""

from typing import Any

from wagtail.admin.ui.components import Component

from directory.validating import queue
from directory.validating.validators import validates

SHOWN = 5


class ValidationsPanel(Component):
    """Nothing there for who validates nothing."""

    name = "validations"
    template_name = "directory/validating/panel.html"
    order = 120

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        if not validates(self.user):
            return {"rows": [], "count": 0}
        reviews = queue.reviews_for(self.user)
        return {"rows": queue.rows(list(reviews[:SHOWN])), "count": reviews.count()}
