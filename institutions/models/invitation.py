from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models.institution import Institution
from institutions.roles import Role, SectionKind


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def current(self) -> "InvitationQuerySet":
        """Those that can still be accepted, as far as they themselves say."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """Somebody is asked by mail to become a member. Once accepted, withdrawn or lapsed it stays as history.

    Made and accepted by `institutions.inviting.letters`.
    """

    institution = models.ForeignKey(
        Institution, verbose_name=_("instansi"), on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(_("surel"))
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    # Values of `SectionKind`.
    kinds = models.JSONField(_("bagian"), default=list, blank=True)
    # The mail alone has the token itself.
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("diundang oleh"), on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(_("diundang pada"), auto_now_add=True)
    expires_at = models.DateTimeField(_("berlaku sampai"))
    accepted_at = models.DateTimeField(_("diterima pada"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("ditarik pada"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-invited_at", "-pk"]
        verbose_name = _("undangan")
        verbose_name_plural = _("undangan")

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}, {self.institution}"

    @property
    def kind_labels(self) -> list[str]:
        """The sections in words."""
        return [str(SectionKind(kind).label) for kind in self.kinds]
