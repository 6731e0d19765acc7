"""Small reference tables: a stable code, a name in each language, no pages and no snippets."""

from typing import Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class ReferenceQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True)


class ReferenceEntry(models.Model):
    """One row of a reference table, upserted by `code`; retired rows stay, inactive."""

    code = models.CharField(_("kode"), max_length=40, unique=True)
    name_id = models.CharField(_("nama"), max_length=200)
    name_en = models.CharField(_("nama dalam bahasa Inggris"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_active = models.BooleanField(_("dipakai"), default=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "name_id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language, Indonesian where there is no other."""
        return self.name_in(get_language() or "id")

    def name_in(self, language: str) -> str:
        return (language == "en" and self.name_en) or self.name_id


class IslandGroup(models.TextChoices):
    SUMATERA = "sumatera", _("Sumatera")
    JAWA = "jawa", _("Jawa")
    BALI_NUSRA = "bali-nusra", _("Bali dan Nusa Tenggara")
    KALIMANTAN = "kalimantan", _("Kalimantan")
    SULAWESI = "sulawesi", _("Sulawesi")
    MALUKU = "maluku", _("Maluku")
    PAPUA = "papua", _("Papua")


class PopulationBand(models.TextChoices):
    """Bands of a region's population, so that an official finds regions like their own."""

    UNDER_100K = "1", _("di bawah 100 ribu jiwa")
    UNDER_250K = "2", _("100–250 ribu jiwa")
    UNDER_500K = "3", _("250–500 ribu jiwa")
    UNDER_1M = "4", _("500 ribu–1 juta jiwa")
    UNDER_3M = "5", _("1–3 juta jiwa")
    FROM_3M = "6", _("3 juta jiwa atau lebih")

    @classmethod
    def of(cls, population: int) -> "PopulationBand":
        bounds = (100_000, 250_000, 500_000, 1_000_000, 3_000_000)
        return cls(str(1 + sum(population >= bound for bound in bounds)))


class Region(ReferenceEntry):
    """A province, regency or city, under its Kemendagri code (`35`, `35.78`)."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Provinsi")
        REGENCY = "regency", _("Kabupaten")
        CITY = "city", _("Kota")

    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    province = models.ForeignKey(
        "self",
        verbose_name=_("provinsi"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    short_name = models.CharField(_("nama pendek"), max_length=100)
    abbreviations = models.JSONField(_("singkatan"), default=list, blank=True)
    island_group = models.CharField(_("kelompok pulau"), max_length=12, choices=IslandGroup)
    population = models.PositiveIntegerField(_("jumlah penduduk"), null=True, blank=True)

    class Meta(ReferenceEntry.Meta):
        ordering = ["code"]
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")

    @property
    def population_band(self) -> PopulationBand | None:
        return PopulationBand.of(self.population) if self.population is not None else None

    @property
    def province_or_self(self) -> "Region":
        return self.province or self


class Sector(ReferenceEntry):
    """A field of public service (urusan)."""

    class Meta(ReferenceEntry.Meta):
        verbose_name = _("sektor")
        verbose_name_plural = _("sektor")


class SDG(ReferenceEntry):
    """One of the 17 Sustainable Development Goals; `code` is its number."""

    class Meta(ReferenceEntry.Meta):
        verbose_name = _("TPB/SDG")
        verbose_name_plural = _("TPB/SDGs")


class ReformTheme(ReferenceEntry):
    """RB Tematik: four themes, some with themes beneath."""

    parent = models.ForeignKey(
        "self",
        verbose_name=_("tema induk"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )

    class Meta(ReferenceEntry.Meta):
        verbose_name = _("tema RB")
        verbose_name_plural = _("tema RB")


class BeneficiaryGroup(ReferenceEntry):
    """Whom an innovation serves."""

    class Meta(ReferenceEntry.Meta):
        verbose_name = _("kelompok penerima manfaat")
        verbose_name_plural = _("kelompok penerima manfaat")


class AwardProgramme(ReferenceEntry):
    """A competition or an incentive; an award is always programme + year + rank."""

    organiser = models.CharField(_("penyelenggara"), max_length=200, blank=True)
    abbreviation = models.CharField(_("singkatan"), max_length=40, blank=True)

    class Meta(ReferenceEntry.Meta):
        verbose_name = _("program penghargaan")
        verbose_name_plural = _("program penghargaan")
