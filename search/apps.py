from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Pencarian")

    def ready(self) -> None:
        from wagtail.permission_policies import ModelPermissionPolicy
        from wagtail.permissions import register_permission_policy

        from search import upkeep
        from search.models import SynonymGroup

        upkeep.register_jobs()
        register_permission_policy(SynonymGroup, ModelPermissionPolicy(SynonymGroup))
