"""The fixed vocabularies of a profile. What the ministries may extend is in `taxonomy`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    KIPP = "kipp", _("KIPP (Kementerian PANRB)")
    IGA = "iga", _("IGA (Kemendagri)")
    LABINOV = "labinov", _("LABINOV (LAN)")
    OTHER = "other", _("Sumber lain")


class Initiator(models.TextChoices):
    HEAD = "head", _("Kepala daerah atau pimpinan instansi")
    COUNCIL = "council", _("DPRD")
    AGENCY = "agency", _("Perangkat daerah atau unit kerja")
    CIVIL_SERVANT = "civil-servant", _("ASN")
    COMMUNITY = "community", _("Masyarakat")


class Kind(models.TextChoices):
    DIGITAL = "digital", _("Digital")
    NON_DIGITAL = "non-digital", _("Nondigital")


class Form(models.TextChoices):
    GOVERNANCE = "governance", _("Tata kelola")
    SERVICE = "service", _("Pelayanan publik")
    OTHER = "other", _("Lainnya")


class Stage(models.TextChoices):
    INITIATIVE = "initiative", _("Inisiatif")
    TRIAL = "trial", _("Uji coba")
    IMPLEMENTED = "implemented", _("Penerapan")


class DevelopmentPhase(models.TextChoices):
    CREATION = "creation", _("Penciptaan")
    DEVELOPMENT = "development", _("Pengembangan")
    INSTITUTIONALISATION = "institutionalisation", _("Pelembagaan")


class OperationalStatus(models.TextChoices):
    RUNNING = "running", _("Masih berjalan")
    DEVELOPED = "developed", _("Dikembangkan lebih lanjut")
    STOPPED = "stopped", _("Berhenti")
    UNKNOWN = "unknown", _("Belum diketahui")


class CostBand(models.TextChoices):
    """Bands of what the first year costs: once plus yearly, in rupiah."""

    NONE = "0", _("tanpa biaya tambahan")
    UNDER_50M = "1", _("di bawah Rp50 juta")
    UNDER_250M = "2", _("Rp50–250 juta")
    UNDER_1B = "3", _("Rp250 juta–1 miliar")
    UNDER_5B = "4", _("Rp1–5 miliar")
    FROM_5B = "5", _("Rp5 miliar atau lebih")


class EvidenceLevel(models.IntegerChoices):
    """How far the claimed result is shown; the rules are in `directory.derived.evidence`."""

    NONE = 0, _("Belum ada bukti")
    CLAIMED = 1, _("Hasil diklaim")
    MEASURED = 2, _("Ada data awal dan sumber")
    VERIFIED = 3, _("Diverifikasi")
    EVALUATED = 4, _("Dievaluasi pihak luar")
    REPRODUCED = 5, _("Terbukti juga di tempat lain")
