"""The parts of a profile about which a validator can say something apart, in the order readers meet them."""

from django.utils.translation import gettext_lazy as _

PARTS = {
    "glance": _("Judul, masalah, hasil, dan ringkasan"),
    "evidence": _("Bukti"),
    "how": _("Cara kerja"),
    "cost": _("Biaya dan tenaga"),
    "prerequisites": _("Yang harus ada lebih dulu"),
    "kit": _("Perangkat replikasi"),
    "lessons": _("Tantangan dan pelajaran"),
    "history": _("Sumber, pemilik, dan riwayat"),
}
