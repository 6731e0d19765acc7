"""What is done with institutions' members and sections, as actions of Wagtail's log."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

INVITE, WITHDRAW, ACCEPT = "institutions.invite", "institutions.withdraw", "institutions.accept"
BEGIN, END = "institutions.begin_membership", "institutions.end_membership"
PROVISION = "institutions.provision"


def register(actions: LogActionRegistry) -> None:
    """For the hook `register_log_actions`."""
    actions.register_action(INVITE, _("Undang anggota"), _("Mengundang anggota"))
    actions.register_action(WITHDRAW, _("Tarik undangan"), _("Menarik undangan"))
    actions.register_action(ACCEPT, _("Terima undangan"), _("Menerima undangan"))
    actions.register_action(BEGIN, _("Mulai keanggotaan"), _("Memberi peran atau bagian"))
    actions.register_action(END, _("Akhiri keanggotaan"), _("Mengakhiri keanggotaan"))
    actions.register_action(
        PROVISION, _("Siapkan bagian instansi"), _("Menyiapkan atau memperbaiki bagian, koleksi, dan grup")
    )
