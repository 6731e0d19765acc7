"""On the admin's front page: what waits for a translator."""

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from institutions.memberships import oversees
from institutions.translating import queue
from institutions.translating.queue import LABELS, Stage
from institutions.translating.rights import sources_for, target_locales, translates

# What asks for work, the most urgent first.
ASKING = (Stage.CHANGED, Stage.UNDERWAY, Stage.NONE)


class TranslationsPanel(Component):
    """For the translators of sections; whoever oversees the portal has the queue in the menu."""

    name = "translations"
    template_name = "institutions/translating/panel.html"
    order = 150

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        locales = target_locales()
        if not locales or oversees(self.user) or not translates(self.user):
            return {"rows": []}
        pages = queue.staged(sources_for(self.user, locales[0]), locales[0])
        counts = {stage: pages.filter(queue.CONDITIONS[stage]).count() for stage in ASKING}
        address = reverse("translating:index")
        return {
            "rows": [
                (LABELS[stage], f"{address}?stage={stage}", count) for stage, count in counts.items() if count
            ]
        }
