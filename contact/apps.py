from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cms import periodic


class ContactConfig(AppConfig):
    name = "contact"
    verbose_name = _("Kontak")

    def ready(self) -> None:
        from contact.tasks import mail_waiting

        periodic.register("mail waiting enquiries", 10 * periodic.MINUTE, mail_waiting)
