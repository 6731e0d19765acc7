"""What validators do, in the page's history as Wagtail shows it to editors."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

from directory.validating.evidence import LAPSED
from directory.validating.settling import REASSIGN, VERIFY


class ReassignFormatter(LogFormatter):
    label = gettext_lazy("Serahkan peninjauan")

    def format_message(self, log_entry: Any) -> str:
        return _("Peninjauan diserahkan kepada %(to)s") % log_entry.data


def register(actions: LogActionRegistry) -> None:
    actions.register_action(REASSIGN)(ReassignFormatter)
    actions.register_action(
        VERIFY, gettext_lazy("Verifikasi bukti"), gettext_lazy("Satu baris bukti diverifikasi")
    )
    actions.register_action(
        LAPSED,
        gettext_lazy("Bukti berubah"),
        gettext_lazy("Satu baris bukti yang pernah diverifikasi berubah: kembali menjadi klaim"),
    )
