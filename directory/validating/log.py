"""What validators do, in the page's history as Wagtail shows it to editors."""

from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry

from directory.validating.evidence import LAPSED
from directory.validating.settling import VERIFY


def register(actions: LogActionRegistry) -> None:
    actions.register_action(
        VERIFY, gettext_lazy("Verifikasi bukti"), gettext_lazy("Satu baris bukti diverifikasi")
    )
    actions.register_action(
        LAPSED,
        gettext_lazy("Bukti berubah"),
        gettext_lazy("Satu baris bukti yang pernah diverifikasi berubah: kembali menjadi klaim"),
    )
