"""Reference rows are retired, not deleted: records of all years point at them."""

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from wagtail.permission_policies import ModelPermissionPolicy

from taxonomy.models import ReferenceEntry


def tables() -> list[type[ReferenceEntry]]:
    """The models of all reference tables."""
    models = apps.get_app_config("taxonomy").get_models()
    return [model for model in models if issubclass(model, ReferenceEntry)]


class RetireOnlyPolicy(ModelPermissionPolicy):
    """Django's model permissions without "delete", for superusers too."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AbstractBaseUser, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)
