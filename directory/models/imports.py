"""Imports as history: which file, by whom, what was planned for every row, and what came of it."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.imports.types import ACTION_LABELS, Action


class ImportBatch(models.Model):
    """One file of one source. Of one source only one batch is applied, or taken back, at a time."""

    class State(models.TextChoices):
        CHECKING = "checking", _("Kolom sedang dibaca")
        CHECKED = "checked", _("Menunggu pemeriksaan kolom")
        PLANNING = "planning", _("Rencana sedang disusun")
        PLANNED = "planned", _("Menunggu persetujuan")
        APPLYING = "applying", _("Sedang ditulis")
        DONE = "done", _("Selesai")
        CANCELLED = "cancelled", _("Dibatalkan")
        FAILED = "failed", _("Gagal dibaca")
        REVERSING = "reversing", _("Sedang dibatalkan")
        REVERSED = "reversed", _("Dibatalkan setelah ditulis")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("impor")
        verbose_name_plural = _("impor")
        default_permissions = ("view",)
        permissions = [
            ("import_kipp", _("Mengimpor berkas KIPP")),
            ("import_iga", _("Mengimpor berkas IGA")),
            ("import_labinov", _("Mengimpor berkas LABINOV")),
            ("import_general", _("Mengimpor berkas umum")),
            ("import_portal", _("Mengekspor semua profil dan mengimpor ekspornya kembali")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state__in=("applying", "reversing")),
                name="one_import_of_a_source_at_a_time",
            )
        ]

    # An adapter's name (`directory.imports.adapters`).
    source = models.CharField(_("sumber"), max_length=20)
    file = models.FileField(_("berkas"), upload_to="imports/%Y/")
    file_name = models.CharField(_("nama berkas"), max_length=255)
    file_hash = models.CharField(_("sidik berkas (SHA-256)"), max_length=64, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("oleh"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.PLANNING)
    # Share of the file read while planning, in per cent.
    read_percent = models.PositiveSmallIntegerField(default=0)
    unknown_columns = models.JSONField(default=list)
    # [name, first values]: the file's columns, as far as they were read before the plan.
    heading = models.JSONField(default=list)
    # Column of the file → column of the contract, where a person has said so.
    mapping = models.JSONField(_("pencocokan kolom"), default=dict)
    error = models.TextField(_("sebab"), blank=True)
    created_at = models.DateTimeField(_("diunggah"), default=timezone.now)
    started_at = models.DateTimeField(_("mulai ditulis"), null=True, blank=True)
    finished_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dibatalkan oleh"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reversal_started_at = models.DateTimeField(_("mulai dibatalkan"), null=True, blank=True)
    reversed_at = models.DateTimeField(_("dibatalkan pada"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.source}: {self.file_name}"

    def counts(self) -> dict[Action, int]:
        """Rows by what was planned for them."""
        rows = self.rows.order_by().values_list("action").annotate(number=models.Count("pk"))
        found = dict(rows)
        return {action: found.get(action.value, 0) for action in Action}

    def outcomes(self) -> dict[Action, int]:
        """Rows by what became of them, so far."""
        rows = self.rows.order_by().exclude(outcome="").values_list("outcome")
        found = dict(rows.annotate(number=models.Count("pk")))
        return {action: found.get(action.value, 0) for action in Action}


class ImportRow(models.Model):
    """One row of the file: what was planned for it, and what became of it once it was applied."""

    class Decision(models.TextChoices):
        NEW = "new", _("inovasi baru")
        MERGE = "merge", _("inovasi yang sama")

    class Reversal(models.TextChoices):
        UNDONE = "undone", _("dikembalikan")
        LEFT = "left", _("dibiarkan")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("baris"))
    action = models.CharField(_("rencana"), max_length=10)
    outcome = models.CharField(_("hasil"), max_length=10, blank=True)
    key = models.CharField(max_length=200, blank=True)
    title = models.CharField(_("judul"), max_length=255, blank=True)
    raw = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    year = models.PositiveSmallIntegerField(null=True)
    url = models.CharField(max_length=500, blank=True)
    # [field, old, new]
    changes = models.JSONField(default=list)
    conflicts = models.JSONField(default=list)
    # [column, message, severity]
    problems = models.JSONField(default=list)
    # [page, title, score, why]: records of other sources it resembles.
    duplicates = models.JSONField(default=list)
    # What a person said of a row that resembles others; merged with `page`.
    decision = models.CharField(max_length=5, choices=Decision, blank=True)
    page = models.ForeignKey(
        "directory.InnovationPage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Once written: when, the page's newest revision after it, and what was there before (`imports.traces`).
    written_at = models.DateTimeField(null=True)
    revision = models.PositiveBigIntegerField(null=True)
    trace = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # What became of the row when its import was taken back.
    reversal = models.CharField(max_length=6, choices=Reversal, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("baris impor")
        verbose_name_plural = _("baris impor")
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["batch", "action", "outcome", "number"], name="import_row_by_action")]

    def __str__(self) -> str:
        return f"{self.batch_id}, {self.number}"

    @property
    def result(self) -> Any:
        """What became of the row, or is planned for it, in words."""
        if self.decision and not self.outcome:
            return _("diputuskan: %(decision)s") % {"decision": self.get_decision_display()}
        label = ACTION_LABELS[Action(self.outcome or self.action)]
        return f"{label} → {self.get_reversal_display()}" if self.reversal else label
