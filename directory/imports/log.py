"""What people do with imports, as actions of Wagtail's log."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

UPLOAD, COLUMNS = "directory.import_upload", "directory.import_columns"
APPLY, CANCEL = "directory.import_apply", "directory.import_cancel"
DECIDE, REVERSE = "directory.import_decide", "directory.import_reverse"


def register(actions: LogActionRegistry) -> None:
    """For the hook `register_log_actions`."""
    actions.register_action(UPLOAD, _("Unggah berkas impor"), _("Mengunggah berkas impor"))
    actions.register_action(COLUMNS, _("Tetapkan kolom impor"), _("Menetapkan kolom impor"))
    actions.register_action(APPLY, _("Tulis impor"), _("Menyetujui impor untuk ditulis"))
    actions.register_action(CANCEL, _("Batalkan rencana impor"), _("Membatalkan rencana impor"))
    actions.register_action(DECIDE, _("Putuskan baris impor"), _("Memutuskan baris yang mirip catatan lain"))
    actions.register_action(REVERSE, _("Batalkan impor"), _("Membatalkan impor yang sudah ditulis"))
