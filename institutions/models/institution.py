from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from taxonomy.models import Region


class InstitutionKind(models.TextChoices):
    MINISTRY = "ministry", _("Kementerian")
    AGENCY = "agency", _("Lembaga")
    PROVINCE = "province", _("Pemerintah provinsi")
    REGENCY = "regency", _("Pemerintah kabupaten")
    CITY = "city", _("Pemerintah kota")
    STATE_ENTERPRISE = "state-enterprise", _("BUMN")
    REGIONAL_ENTERPRISE = "regional-enterprise", _("BUMD")
    UNIVERSITY = "university", _("Perguruan tinggi")
    POLICE = "police", _("Kepolisian")
    COURT = "court", _("Peradilan")
    OTHER = "other", _("Lainnya")


class Institution(ClusterableModel):
    """Who owns, adopts and edits: a ministry, an agency, a regional government and the like."""

    Kind = InstitutionKind

    code = models.SlugField(_("kode"), max_length=80, unique=True)
    name = models.CharField(_("nama"), max_length=200)
    name_en = models.CharField(_("nama dalam bahasa Inggris"), max_length=200, blank=True)
    abbreviation = models.CharField(_("singkatan"), max_length=60, blank=True)
    kind = models.CharField(_("jenis"), max_length=20, choices=InstitutionKind)
    region = models.ForeignKey(
        Region,
        verbose_name=_("wilayah"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    website = models.URLField(_("situs web"), blank=True)
    # A split ministry has several successors, a merged one several predecessors.
    predecessors = models.ManyToManyField(
        "self", verbose_name=_("pendahulu"), symmetrical=False, blank=True, related_name="successors"
    )
    is_active = models.BooleanField(_("masih ada"), default=True)
    # To whom everything of it went: its names mean that one now.
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("digabung ke"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("instansi")
        verbose_name_plural = _("instansi")
        permissions = [("end_institution", _("Mengakhiri dan menggabungkan instansi"))]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """As readers see it, in their language: with a note where the institution is no more."""
        name = (get_language() == "en" and self.name_en) or self.name
        return name if self.is_active else gettext("%(name)s (sudah tidak ada)") % {"name": name}


class InstitutionName(models.Model):
    """Another name an institution goes or went by; read by recognition and by search."""

    class Kind(models.TextChoices):
        FORMER = "former", _("nama lama")
        ALIAS = "alias", _("nama lain")
        ABBREVIATION = "abbreviation", _("singkatan")

    institution = ParentalKey(Institution, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("nama"), max_length=200)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind, default=Kind.ALIAS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "name"], name="institution_name_once")]
        verbose_name = _("nama lain instansi")
        verbose_name_plural = _("nama lain instansi")

    def __str__(self) -> str:
        return self.name
