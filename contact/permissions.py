"""Who may do what with enquiries."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class EnquiryPolicy(ModelPermissionPolicy):
    """Nobody writes a reader's question for him."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return super().user_has_any_permission(user, [action for action in actions if action != "add"])
