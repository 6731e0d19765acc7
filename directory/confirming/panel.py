"""On the admin's front page: the innovations that await this person's answer."""

from typing import Any

from wagtail.admin.ui.components import Component

from directory.confirming.answers import awaiting, edited_by

SHOWN = 5


class ConfirmationsPanel(Component):
    """Nothing there for who has none to answer."""

    name = "confirmations"
    template_name = "directory/confirming/panel.html"
    order = 140

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        pages = awaiting(edited_by(self.user))
        return {"pages": list(pages[:SHOWN]), "count": pages.count()}
