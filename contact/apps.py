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
        from institutions.roles import Role, add_portal_right

        register_permission_policy(Enquiry, EnquiryPolicy(Enquiry))
        add_portal_right(Role.PROGRAMME_OWNER, "contact.change_enquiry", "contact.view_enquiry")
        periodic.register("mail waiting enquiries", 10 * periodic.MINUTE, mail_waiting)
