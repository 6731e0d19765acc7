"""Repeatable rows an editor fills in; they travel with the page's revisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.models import Orderable

from taxonomy.models import AwardProgramme


class InnovationTag(TaggedItemBase):
    content_object = ParentalKey(
        "directory.InnovationPage", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        verbose_name = _("tag inovasi")
        verbose_name_plural = _("tag inovasi")


class FormerName(Orderable):
    """A name the innovation went by earlier, or goes by elsewhere."""

    class Kind(models.TextChoices):
        FORMER = "former", _("nama lama")
        LOCAL = "local", _("nama setempat")

    page = ParentalKey("directory.InnovationPage", on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("nama"), max_length=255)
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind, default=Kind.FORMER)

    class Meta(Orderable.Meta):
        verbose_name = _("nama lain inovasi")
        verbose_name_plural = _("nama lain inovasi")


class Award(Orderable):
    """Programme + year + rank: ranks differ by year, so there is never one list of them."""

    page = ParentalKey("directory.InnovationPage", on_delete=models.CASCADE, related_name="awards")
    programme = models.ForeignKey(
        AwardProgramme, verbose_name=_("program"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("tahun"), null=True, blank=True)
    rank = models.CharField(_("peringkat"), max_length=120, blank=True, help_text=_("Contoh: Top 45"))

    class Meta(Orderable.Meta):
        verbose_name = _("penghargaan")
        verbose_name_plural = _("penghargaan")

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.rank, self.programme, self.year) if part)
