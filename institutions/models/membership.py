from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models.institution import Institution
from institutions.roles import Role, SectionKind, Source


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Those that have not ended."""
        return self.filter(ended_at=None)


class Membership(models.Model):
    """A person in a role at an institution. Never deleted: it ends, and stays as history.

    Made and ended by `institutions.memberships`, which puts the person into the role's groups.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("pengguna"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    institution = models.ForeignKey(
        Institution, verbose_name=_("instansi"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    # Values of `SectionKind`; empty where the role reaches over the whole portal.
    kinds = models.JSONField(_("bagian"), default=list, blank=True)
    # Of a validator: whose records he checks.
    source = models.CharField(_("sumber"), max_length=12, choices=Source, blank=True)
    started_at = models.DateTimeField(_("mulai"), auto_now_add=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(_("berakhir"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["user", "institution", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "institution", "role", "source"],
                condition=Q(ended_at=None),
                name="one_current_membership",
            ),
        ]
        verbose_name = _("keanggotaan")
        verbose_name_plural = _("keanggotaan")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.institution}"

    @property
    def kind_labels(self) -> list[str]:
        """The sections in words."""
        return [str(SectionKind(kind).label) for kind in self.kinds]
