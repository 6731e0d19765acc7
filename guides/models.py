from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager

from cms.models import BasePage
from cms.pagination import page_of
from cms.translation.decisions import decide
from guides import panels
from guides.blocks import StepBlock
from guides.querysets import GuideQuerySet
from institutions.approval.remarks import RemarksPanel
from institutions.lifecycle.closed import SectionItemForm
from institutions.models import Institution, SectionPage
from institutions.roles import SectionKind

PER_PAGE = 20


class GuideListPage(BasePage):
    """What the index and the sections share: a list of the guides below them."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        guides = GuidePage.objects.public_below(self)
        context["guides"] = page_of(guides, request.GET.get("page"), PER_PAGE)
        return context


class GuideIndexPage(GuideListPage):
    introduction = models.TextField(_("pengantar"), max_length=500, blank=True)

    override_translatable_fields = decide(translated=["introduction"])
    content_panels = [*Page.content_panels, *panels.INDEX]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["guides.GuideSectionPage"]
    max_count_per_parent = 1
    show_in_menus_default = True
    template = "guides/guide_index_page.html"

    class Meta:
        verbose_name = _("indeks panduan")
        verbose_name_plural = _("indeks panduan")


class GuideSectionPage(GuideListPage, SectionPage):
    section_kind = SectionKind.GUIDES
    content_panels = [*Page.content_panels, *panels.SECTION]
    parent_page_types = ["guides.GuideIndexPage"]
    subpage_types = ["guides.GuidePage"]
    template = "guides/guide_section_page.html"

    class Meta:
        verbose_name = _("bagian panduan")
        verbose_name_plural = _("bagian panduan")


class GuideRelatedInnovation(Orderable):
    page = ParentalKey("guides.GuidePage", on_delete=models.CASCADE, related_name="related_innovations")
    innovation = models.ForeignKey(
        "directory.InnovationPage", verbose_name=_("inovasi"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("inovasi terkait")
        verbose_name_plural = _("inovasi terkait")


class GuidePage(BasePage):
    """Step by step from an intention to a result, for a named audience, reviewed by a date."""

    audience = models.CharField(_("untuk siapa"), max_length=250)
    purpose = models.TextField(_("tujuan"), max_length=600)
    steps = StreamField([("step", StepBlock())], verbose_name=_("langkah"), default=list)
    version = models.CharField(_("versi"), max_length=20, default="1.0")
    review_date = models.DateField(_("tinjau ulang paling lambat"), null=True, blank=True)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("instansi"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PageManager.from_queryset(GuideQuerySet)()

    base_form_class = SectionItemForm
    override_translatable_fields = decide(
        translated=["audience", "purpose", "steps"],
        synchronised=["version", "review_date", "institution", "related_innovations"],
    )
    content_panels = [RemarksPanel(), *Page.content_panels, *panels.GUIDE]
    parent_page_types = ["guides.GuideSectionPage"]
    subpage_types: list[str] = []
    template = "guides/guide_page.html"

    class Meta:
        verbose_name = _("panduan")
        verbose_name_plural = _("panduan")

    @property
    def is_overdue(self) -> bool:
        """Its review date has passed: readers are warned, editors reminded."""
        return self.review_date is not None and self.review_date < timezone.localdate()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Without an institution of its own, a guide belongs to that of its section."""
        if self.institution is None and self.path:
            section = GuideSectionPage.objects.ancestor_of(self).select_related("institution").first()
            self.institution = section.institution if section else None
        super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        # Of a preview too, whose rows are in no table yet.
        chosen = [row.innovation_id for row in self.related_innovations.all()]
        found = Page.objects.only("translation_key").in_bulk(chosen)
        context["innovations"] = [found[pk] for pk in chosen if pk in found]
        return context


class ReviewReminder(models.Model):
    """That an editor was told of a guide's review date: once for each occasion. Kept as history."""

    class Kind(models.TextChoices):
        SOON = "soon", _("30 hari sebelumnya")
        DUE = "due", _("sudah waktunya")

    page = models.ForeignKey(GuidePage, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    # The review date it was about; another date is another occasion.
    due_on = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page", "user", "kind", "due_on"], name="one_review_reminder"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.kind}, {self.due_on}"
