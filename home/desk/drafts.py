"""“Draf saya”: what a person began or changed and has not published or submitted."""

from typing import Any

from django.db.models import F
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from home.desk.contents import State, contents, in_state, written_by
from home.desk.listing import MINE, address

SHOWN = 8


class DraftsPanel(Component):
    """The newest first. What was submitted or came back stands in panels of its own."""

    name = "drafts"
    template_name = "home/desk/drafts.html"
    order = 170

    class Media:
        # Of all panels: this one is always asked for, even where it says nothing.
        css = {"all": ["css/admin-desk.css"]}

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        editable: Any = page_permission_policy.instances_user_has_any_permission_for(user, {"change"})
        # One condition, not a list of all pages somebody may change.
        drafts = (contents(user) & editable).filter(in_state(State.DRAFT), written_by(user))
        drafts = drafts.annotate_approved_schedule()
        newest = F("latest_revision_created_at").desc(nulls_last=True)
        shown = list(drafts.select_related("content_type").order_by(newest, "-pk")[: SHOWN + 1])
        above = {page.pk: page.path[: -page.steplen] for page in shown[:SHOWN]}
        places = dict(Page.objects.filter(path__in=above.values()).values_list("path", "draft_title"))
        return {
            "rows": [(page, places.get(above[page.pk], "")) for page in shown[:SHOWN]],
            "more": len(shown) > SHOWN,
            "url": address(state=State.DRAFT.value, by=MINE),
        }
