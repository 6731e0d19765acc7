"""On the admin's front page: the calls this person has to answer."""

from functools import cached_property
from typing import Any

from wagtail.admin.ui.components import Component

from search.insight import calls
from search.insight.admin.rights import may_see
from search.models import ModelCall

SHOWN = 10


class MyCallsPanel(Component):
    """Nothing there for who has none, or may not see them any more."""

    name = "my_model_calls"
    template_name = "search/insight/my_calls.html"
    order = 160

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def calls(self) -> list[ModelCall]:
        return list(calls.unfinished(self.user)[: SHOWN + 1]) if may_see(self.user) else []

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        rows = [(call, call.is_overdue()) for call in self.calls[:SHOWN]]
        return {"rows": rows, "more": len(self.calls) > SHOWN}
