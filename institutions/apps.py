from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    name = "institutions"
    verbose_name = _("Instansi")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from institutions.models import Institution
        from taxonomy.permissions import RetireOnlyPolicy

        register_permission_policy(Institution, RetireOnlyPolicy(Institution))
