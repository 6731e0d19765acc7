from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("Berita")

    def ready(self) -> None:
        from institutions.sections import register_section_type
        from news.models import NewsSectionPage
        from news.search_document import SOURCE
        from search import sources

        register_section_type(NewsSectionPage)
        sources.register(SOURCE)
