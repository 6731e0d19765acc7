from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Beranda")

    def ready(self) -> None:
        from contact.addressees import register_portal_mailbox
        from home.models import PortalSettings
        from home.search_document import SOURCE
        from search import sources

        sources.register(SOURCE)
        register_portal_mailbox(lambda: PortalSettings.load().contact_email)
