"""What happened to a record. Ordinary rows on its source-language page, outside its revisions:
history is added to, never overwritten, and restoring a revision forges nothing. It holds its page: a record
with history is never deleted (`directory/editing/deletion.py` tells people)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import OperationalStatus, Source


class SourceRecord(models.Model):
    """Where a record came from: one row for each source's own record of it."""

    page = models.ForeignKey(
        "directory.InnovationPage", on_delete=models.PROTECT, related_name="source_records"
    )
    source = models.CharField(_("sumber"), max_length=10, choices=Source)
    record_id = models.CharField(_("nomor di sumber"), max_length=200)
    year = models.PositiveSmallIntegerField(_("tahun"), null=True, blank=True)
    url = models.URLField(_("alamat sumber"), max_length=500, blank=True)
    imported_at = models.DateTimeField(_("tanggal impor"), default=timezone.now)
    raw = models.JSONField(_("baris asli"), default=dict)
    # What the import last wrote, field by field: what differs from it now, an editor has changed.
    applied = models.JSONField(_("nilai yang ditulis impor"), default=dict)
    # Fields another source or an editor had filled when this one joined the record: it does not write them.
    yielded = models.JSONField(_("isian milik sumber lain"), default=list)

    class Meta:
        ordering = ["imported_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["source", "record_id"], name="source_record_once")]
        verbose_name = _("catatan sumber")
        verbose_name_plural = _("catatan sumber")

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.record_id}"


class Validation(models.Model):
    """A person of the source's institution has checked the record."""

    page = models.ForeignKey("directory.InnovationPage", on_delete=models.PROTECT, related_name="validations")
    source = models.CharField(_("sumber"), max_length=10, choices=Source)
    validator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    validated_at = models.DateTimeField(_("divalidasi pada"), default=timezone.now)
    note = models.TextField(_("catatan"), blank=True)

    class Meta:
        ordering = ["-validated_at"]
        verbose_name = _("validasi")
        verbose_name_plural = _("validasi")

    def __str__(self) -> str:
        return f"{self.page_id}, {self.validated_at:%Y-%m-%d}"


class Verification(models.Model):
    """One evidence row checked by a validator; valid only while the row's content hash still matches."""

    page = models.ForeignKey(
        "directory.InnovationPage", on_delete=models.PROTECT, related_name="verifications"
    )
    block_id = models.CharField(max_length=36)
    content_hash = models.CharField(max_length=64)
    validator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    verified_at = models.DateTimeField(_("diverifikasi pada"), default=timezone.now)
    # When a publication was noticed that changed the row.
    lapsed_at = models.DateTimeField(null=True, blank=True, editable=False)
    note = models.TextField(_("catatan"), blank=True)

    class Meta:
        ordering = ["-verified_at"]
        verbose_name = _("verifikasi bukti")
        verbose_name_plural = _("verifikasi bukti")

    def __str__(self) -> str:
        return f"{self.page_id}, {self.verified_at:%Y-%m-%d}"


class Confirmation(models.Model):
    """The owner says whether the innovation still runs."""

    page = models.ForeignKey(
        "directory.InnovationPage", on_delete=models.PROTECT, related_name="confirmations"
    )
    status = models.CharField(_("status keberlanjutan"), max_length=12, choices=OperationalStatus)
    reason = models.TextField(_("alasan"), blank=True)
    note = models.TextField(_("catatan"), max_length=1000, blank=True)
    evidence_url = models.URLField(_("bukti (alamat web)"), max_length=500, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_by_post = models.CharField(_("jabatan"), max_length=200, blank=True)
    confirmed_at = models.DateTimeField(_("dikonfirmasi pada"), default=timezone.now)

    class Meta:
        ordering = ["-confirmed_at"]
        verbose_name = _("konfirmasi")
        verbose_name_plural = _("konfirmasi")

    def __str__(self) -> str:
        return f"{self.page_id}, {self.confirmed_at:%Y-%m-%d}"


class ConfirmationReminder(models.Model):
    """That an editor is asked whether an innovation still runs: once for each occasion."""

    class Kind(models.TextChoices):
        MONTH = "month", _("30 hari sebelumnya")
        WEEK = "week", _("7 hari sebelumnya")
        DUE = "due", _("sudah waktunya")

    page = models.ForeignKey("directory.InnovationPage", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    # The day by which the confirmation is wanted; another year is another occasion.
    due_on = models.DateField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page", "user", "kind", "due_on"], name="one_reminder"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.kind}, {self.due_on}"
