"""What becomes of institutions, sections, members, invitations and reviews, as actions of Wagtail's log."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

from institutions.roles import Role, SectionKind

INVITE, WITHDRAW, ACCEPT = "institutions.invite", "institutions.withdraw", "institutions.accept"
BEGIN, END = "institutions.begin_membership", "institutions.end_membership"
PROVISION = "institutions.provision"
RENAME, RETIRE, REINSTATE = "institutions.rename", "institutions.retire", "institutions.reinstate"
MERGE, ABSORB = "institutions.merge", "institutions.absorb"
# As it was called while only validators could: older entries have that name.
HAND_ON = "directory.reassign"


class RenameFormatter(LogFormatter):
    label = gettext_lazy("Ganti nama instansi")

    def format_message(self, log_entry: Any) -> str:
        return _("Nama berubah dari “%(old)s” menjadi “%(new)s”") % log_entry.data


class RetireFormatter(LogFormatter):
    label = gettext_lazy("Akhiri instansi")

    def format_message(self, log_entry: Any) -> str:
        return _("Dinyatakan tidak ada lagi: %(reason)s") % log_entry.data


class ReinstateFormatter(LogFormatter):
    label = gettext_lazy("Hidupkan kembali instansi")

    def format_message(self, log_entry: Any) -> str:
        return _("Dinyatakan ada kembali: %(reason)s") % log_entry.data


class MergeFormatter(LogFormatter):
    label = gettext_lazy("Gabungkan instansi")

    def format_message(self, log_entry: Any) -> str:
        return _("Digabung ke %(other)s: %(reason)s") % log_entry.data


class AbsorbFormatter(LogFormatter):
    label = gettext_lazy("Terima instansi lain")

    def format_message(self, log_entry: Any) -> str:
        return _("%(other)s digabung ke sini: %(reason)s") % log_entry.data


class HandOnFormatter(LogFormatter):
    label = gettext_lazy("Serahkan peninjauan")

    def format_message(self, log_entry: Any) -> str:
        return _("Peninjauan diserahkan kepada %(to)s") % log_entry.data


class MemberFormatter(LogFormatter):
    """`message` takes the person, the role and the kinds of sections."""

    text: Any = ""

    def format_message(self, log_entry: Any) -> str:
        said = log_entry.data
        kinds = ", ".join(str(SectionKind(kind).label) for kind in said["kinds"])
        role = str(Role(said["role"]).label)
        return self.text % {"person": said["person"], "role": f"{role} ({kinds})" if kinds else role}


class BeginFormatter(MemberFormatter):
    label = gettext_lazy("Beri peran")
    text = gettext_lazy("%(person)s menjadi %(role)s")


class EndFormatter(MemberFormatter):
    label = gettext_lazy("Akhiri peran")
    text = gettext_lazy("%(person)s tidak lagi menjadi %(role)s")


def register(actions: LogActionRegistry) -> None:
    for action, formatter in (
        (RENAME, RenameFormatter),
        (RETIRE, RetireFormatter),
        (REINSTATE, ReinstateFormatter),
        (MERGE, MergeFormatter),
        (ABSORB, AbsorbFormatter),
        (BEGIN, BeginFormatter),
        (END, EndFormatter),
        (HAND_ON, HandOnFormatter),
    ):
        actions.register_action(action)(formatter)
    actions.register_action(INVITE, gettext_lazy("Undang anggota"), gettext_lazy("Mengundang anggota"))
    actions.register_action(WITHDRAW, gettext_lazy("Tarik undangan"), gettext_lazy("Menarik undangan"))
    actions.register_action(ACCEPT, gettext_lazy("Terima undangan"), gettext_lazy("Menerima undangan"))
    actions.register_action(
        PROVISION,
        gettext_lazy("Siapkan bagian instansi"),
        gettext_lazy("Menyiapkan atau memperbaiki bagian, koleksi, dan grup"),
    )
