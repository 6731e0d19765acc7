from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = _("Panduan")

    def ready(self) -> None:
        from cms import reminders
        from guides.models import GuideSectionPage
        from guides.reminders import send
        from guides.search_document import SOURCE
        from institutions.sections import register_section_type
        from search import sources

        register_section_type(GuideSectionPage)
        sources.register(SOURCE)
        reminders.register("reminders of guides' review dates", send)
