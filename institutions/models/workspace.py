from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from institutions.models.institution import Institution
from institutions.roles import Role, SectionKind, Source


class Workspace(models.Model):
    """What an institution that writes has on the portal: kinds of sections, and a collection for its files.

    Made and kept in order by `institutions.provisioning`.
    """

    institution = models.OneToOneField(
        Institution, verbose_name=_("instansi"), on_delete=models.PROTECT, related_name="workspace"
    )
    # Values of `SectionKind`.
    kinds = models.JSONField(_("bagian"), default=list)
    collection = models.OneToOneField(
        Collection, verbose_name=_("koleksi"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    retired_at = models.DateTimeField(_("ditutup"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("ruang kerja")
        verbose_name_plural = _("ruang kerja")

    def __str__(self) -> str:
        return str(self.institution)


class RoleGroup(models.Model):
    """The group that carries a role's rights: in one kind of section of an institution, or everywhere."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="role")
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    workspace = models.ForeignKey(
        Workspace, null=True, blank=True, on_delete=models.CASCADE, related_name="groups"
    )
    kind = models.CharField(_("bagian"), max_length=12, choices=SectionKind, blank=True)
    source = models.CharField(_("sumber"), max_length=12, choices=Source, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "role", "kind"],
                condition=Q(workspace__isnull=False),
                name="one_group_for_a_section_role",
            ),
            models.UniqueConstraint(
                fields=["role", "source"],
                condition=Q(workspace=None),
                name="one_group_for_a_portal_role",
            ),
        ]
        verbose_name = _("grup peran")
        verbose_name_plural = _("grup peran")

    def __str__(self) -> str:
        return str(self.group)
