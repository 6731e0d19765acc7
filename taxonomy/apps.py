from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    name = "taxonomy"
    verbose_name = _("Tabel rujukan")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from taxonomy.permissions import RetireOnlyPolicy, tables

        for model in tables():
            register_permission_policy(model, RetireOnlyPolicy(model))
