from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cms import periodic


class ContactConfig(AppConfig):
    name = "contact"
    verbose_name = _("Kontak")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from contact.models import Enquiry
        from contact.permissions import EnquiryPolicy
        from contact.tasks import mail_waiting

        register_permission_policy(Enquiry, EnquiryPolicy(Enquiry))

        periodic.register("mail waiting enquiries", 10 * periodic.MINUTE, mail_waiting)
