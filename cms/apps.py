from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("CMS")

    def ready(self) -> None:
        from cms import checks, housekeeping  # noqa: F401 — checks register themselves
        from cms.audit import lines, unnoted
        from cms.translation import checks as translation_checks  # noqa: F401

        housekeeping.register_jobs()
        lines.connect()
        unnoted.connect()
