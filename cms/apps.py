from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("CMS")

    def ready(self) -> None:
        from wagtail_localize.locales.components import LOCALE_COMPONENTS

        from cms import checks, housekeeping, wagtail_words  # noqa: F401 — checks register themselves
        from cms.audit import lines, unnoted
        from cms.translation import checks as translation_checks  # noqa: F401
        from cms.translation import privacy

        housekeeping.register_jobs()
        lines.connect()
        unnoted.connect()
        privacy.connect()
        wagtail_words.install()
        # It would fill a language with aliases: an English page is a translation that somebody has begun.
        LOCALE_COMPONENTS.clear()
