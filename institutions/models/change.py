from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from institutions.models.institution import Institution


class InstitutionChange(models.Model):
    """What became of an institution: added to, never overwritten. Written by `institutions.lifecycle`."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("berganti nama")
        RETIRED = "retired", _("dinyatakan tidak ada lagi")
        REINSTATED = "reinstated", _("dinyatakan ada kembali")
        MERGED = "merged", _("digabung ke instansi lain")
        ABSORBED = "absorbed", _("menerima instansi lain")

    institution = models.ForeignKey(
        Institution, verbose_name=_("instansi"), on_delete=models.PROTECT, related_name="changes"
    )
    kind = models.CharField(_("perubahan"), max_length=12, choices=Kind)
    # Since when it holds outside the portal: the day of the regulation.
    happened_on = models.DateField(_("berlaku sejak"), null=True, blank=True)
    reason = models.TextField(_("alasan"), max_length=1000, blank=True)
    # The other side of a merge.
    other = models.ForeignKey(Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Of a renaming the old and new names; of an ending the numbers, and the ids of memberships it ended.
    details = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(_("dicatat pada"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        default_permissions = ()
        ordering = ["-made_at", "-pk"]
        verbose_name = _("perubahan instansi")
        verbose_name_plural = _("perubahan instansi")

    def __str__(self) -> str:
        return f"{self.institution}: {self.get_kind_display()}"
