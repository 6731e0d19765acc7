from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Pencarian")

    def ready(self) -> None:
        from wagtail.permission_policies import ModelPermissionPolicy
        from wagtail.permissions import register_permission_policy

        from cms import periodic
        from institutions.lifecycle.moving import do_together
        from institutions.roles import Role, add_portal_right
        from search import insight, upkeep
        from search.insight import storage
        from search.models import SynonymGroup
        from search.site import PLACE
        from search.sources import batched

        add_portal_right(
            Role.PROGRAMME_OWNER,
            "search.view_search_insight",
            *(f"search.{action}_synonymgroup" for action in ("add", "change", "delete", "view")),
        )
        upkeep.register_jobs()
        register_permission_policy(SynonymGroup, ModelPermissionPolicy(SynonymGroup))
        insight.register(PLACE)
        do_together(batched)
        periodic.register("old counts of searches", periodic.DAY, storage.drop_old)
