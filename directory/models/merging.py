"""Records that may hold one innovation twice, what people said of them, and which were merged."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DuplicatePair(models.Model):
    """Two records that resemble each other, the one with the lower key first. Merged, the pair is gone:
    its history is a `Merge`."""

    class State(models.TextChoices):
        OPEN = "open", _("Menunggu putusan")
        DIFFERENT = "different", _("Bukan inovasi yang sama")

    one = models.ForeignKey("directory.InnovationPage", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("directory.InnovationPage", on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(_("kemiripan (%)"))
    why = models.CharField(_("alasan"), max_length=300, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("diputuskan oleh"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)

    class Meta:
        ordering = ["-score", "pk"]
        verbose_name = _("pasangan mirip")
        verbose_name_plural = _("pasangan mirip")
        default_permissions = ()
        permissions = [("merge_innovations", _("Menggabungkan catatan ganda"))]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="duplicate_pair_in_order"),
        ]
        indexes = [models.Index(fields=["state", "-score"], name="duplicate_pair_by_score")]

    def __str__(self) -> str:
        return f"{self.one_id}, {self.other_id}"


class DuplicateSearch(models.Model):
    """One search for pairs through all records, done in parts: how far it has come."""

    # Records up to this key have been compared with all others.
    reached = models.PositiveBigIntegerField(default=0)
    compared = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(_("mulai"), default=timezone.now)
    finished_at = models.DateTimeField(_("selesai"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.compared}/{self.total}"

    @property
    def percent(self) -> int:
        return min(100, self.compared * 100 // max(self.total, 1))


class Merge(models.Model):
    """A record that became part of another, with all it said; its number leads on."""

    # The record it became part of.
    page = models.ForeignKey(
        "directory.InnovationPage",
        verbose_name=_("catatan yang dipertahankan"),
        on_delete=models.PROTECT,
        related_name="merges",
    )
    number = models.PositiveBigIntegerField(_("nomor registrasi"), unique=True)
    title = models.CharField(_("judul"), max_length=255)
    # Where readers found it, "" if they never could.
    address = models.CharField(_("alamat lama"), max_length=2000, blank=True)
    # Language code → the page's content, as a revision keeps it.
    content = models.JSONField(_("isi terakhir"), default=dict, encoder=DjangoJSONEncoder)
    # [field, old, new]: what the kept page took over.
    changes = models.JSONField(_("yang ditambahkan"), default=list, encoder=DjangoJSONEncoder)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("oleh"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    merged_at = models.DateTimeField(_("digabung"), default=timezone.now)

    class Meta:
        ordering = ["-merged_at", "-pk"]
        verbose_name = _("penggabungan")
        verbose_name_plural = _("penggabungan")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} → {self.page_id}"

    @property
    def registry_code(self) -> str:
        return f"INO-{self.number:06d}"
