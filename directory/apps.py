from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Direktori inovasi")

    def ready(self) -> None:
        from directory import search_document, signals
        from search import index

        index.register(search_document.TYPE, search_document.stream)
        signals.connect()
