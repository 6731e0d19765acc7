from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models import BasePage
from cms.translation.decisions import decide
from institutions.models.institution import Institution
from institutions.roles import SectionKind


class SectionPage(BasePage):
    """The page below an index that belongs to one institution: the point where rights are granted.

    Every type of section says which kind it is.
    """

    section_kind: SectionKind

    institution = models.ForeignKey(
        Institution,
        verbose_name=_("instansi"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    override_translatable_fields = decide(synchronised=["institution"])

    class Meta:
        abstract = True
