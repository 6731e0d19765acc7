from typing import Any
from urllib.parse import urljoin

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import PageViewRestriction, Revision
from wagtail.url_routing import RouteResult

from cms.blocks import CaptionedImageBlock, DocumentLinkBlock
from cms.models import BasePage
from directory import choices
from directory.blocks import (
    CompetitionCategoryBlock,
    CostItemBlock,
    EvidenceBlock,
    InstitutionalisationBlock,
    KitItemBlock,
    NarrativeBlock,
    PlanPriorityBlock,
    PrerequisiteBlock,
)
from directory.derived.columns import DERIVED_FIELDS, derive
from directory.editing.panels import EDIT_HANDLER
from directory.editing.publication import demand_complete
from directory.models.registry import RegistryEntry, registry_code
from directory.translation import TRANSLATION_FIELDS, follow_source
from institutions.models import Institution
from taxonomy.models import SDG, BeneficiaryGroup, ReformTheme, Region, Sector

SUMMARY_LENGTH = 1000
STATEMENT_LENGTH = 700


class InnovationPage(BasePage):
    """One solution of one owner, with evidence. The record of `docs/domain.md`.

    Sources, validations, verifications and confirmations are rows beside the page (`history.py`).
    `registry_number` and the columns of `DERIVED_FIELDS` are derived on every save.
    """

    # Identity
    registry_number = models.PositiveBigIntegerField(_("nomor registrasi"), editable=False, db_index=True)
    summary = models.TextField(_("ringkasan"), max_length=SUMMARY_LENGTH, blank=True)
    problem = models.TextField(_("masalah"), max_length=STATEMENT_LENGTH, blank=True)
    result = models.TextField(_("yang berubah"), max_length=STATEMENT_LENGTH, blank=True)
    web_address = models.URLField(_("alamat web"), max_length=500, blank=True)
    video_url = models.URLField(_("video"), max_length=500, blank=True)
    lead_image = models.ForeignKey(
        "cms.CustomImage",
        verbose_name=_("gambar utama"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    gallery = StreamField(
        [("image", CaptionedImageBlock())], verbose_name=_("galeri"), blank=True, default=list
    )
    documents = StreamField(
        [("document", DocumentLinkBlock())], verbose_name=_("dokumen"), blank=True, default=list
    )

    # Owner. The contact is a post and an office mailbox: people are transferred, posts stay.
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("instansi pemilik"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="innovations",
    )
    # What a source called the owner, kept until it is recognised.
    institution_text = models.CharField(max_length=300, blank=True, editable=False)
    service_unit = models.CharField(_("unit pelayanan"), max_length=200, blank=True)
    region = models.ForeignKey(
        Region,
        verbose_name=_("wilayah"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="innovations",
    )
    initiator = models.CharField(_("penggagas"), max_length=15, choices=choices.Initiator, blank=True)
    partners = models.TextField(_("mitra"), max_length=600, blank=True)
    contact_post = models.CharField(_("jabatan narahubung"), max_length=200, blank=True)
    contact_email = models.EmailField(_("surel kantor"), blank=True)

    # Classification
    sectors = ParentalManyToManyField(
        Sector, verbose_name=_("sektor"), blank=True, related_name="innovations"
    )
    sdgs = ParentalManyToManyField(SDG, verbose_name=_("TPB/SDGs"), blank=True, related_name="innovations")
    reform_themes = ParentalManyToManyField(
        ReformTheme, verbose_name=_("tema RB"), blank=True, related_name="innovations"
    )
    beneficiary_groups = ParentalManyToManyField(
        BeneficiaryGroup, verbose_name=_("penerima manfaat"), blank=True, related_name="innovations"
    )
    plan_priorities = StreamField(
        [("priority", PlanPriorityBlock())], verbose_name=_("prioritas pembangunan"), blank=True, default=list
    )
    competition_categories = StreamField(
        [("category", CompetitionCategoryBlock())],
        verbose_name=_("kategori kompetisi"),
        blank=True,
        default=list,
    )
    kind = models.CharField(_("jenis"), max_length=12, choices=choices.Kind, blank=True)
    form = models.CharField(_("bentuk"), max_length=12, choices=choices.Form, blank=True)
    tags = ClusterTaggableManager(through="directory.InnovationTag", verbose_name=_("tag"), blank=True)

    # Life
    year = models.PositiveSmallIntegerField(
        _("tahun"),
        null=True,
        blank=True,
        help_text=_("Tahun inovasi mulai dikenal: penghargaan pertama atau penerapan."),
    )
    trial_date = models.DateField(_("mulai uji coba"), null=True, blank=True)
    implementation_date = models.DateField(_("mulai diterapkan"), null=True, blank=True)
    stage = models.CharField(_("tahapan"), max_length=12, choices=choices.Stage, blank=True)
    development_phase = models.CharField(
        _("fase pembinaan"), max_length=22, choices=choices.DevelopmentPhase, blank=True
    )
    operational_status = models.CharField(
        _("status keberlanjutan"),
        max_length=12,
        choices=choices.OperationalStatus,
        default=choices.OperationalStatus.UNKNOWN,
    )
    operational_status_reason = models.TextField(_("alasan"), max_length=600, blank=True)

    # Narrative and the rows that carry numbers
    narrative = StreamField(NarrativeBlock(), verbose_name=_("uraian"), blank=True, default=list)
    evidence = StreamField([("evidence", EvidenceBlock())], verbose_name=_("bukti"), blank=True, default=list)
    costs = StreamField([("cost", CostItemBlock())], verbose_name=_("biaya"), blank=True, default=list)
    staff_needed = models.CharField(_("tenaga yang dibutuhkan"), max_length=300, blank=True)
    months_to_ready = models.PositiveSmallIntegerField(_("waktu siap (bulan)"), null=True, blank=True)
    prerequisites = StreamField(
        [("prerequisite", PrerequisiteBlock())], verbose_name=_("prasyarat"), blank=True, default=list
    )
    replication_kit = StreamField(
        [("item", KitItemBlock())], verbose_name=_("perangkat replikasi"), blank=True, default=list
    )
    institutionalisation = StreamField(
        [("item", InstitutionalisationBlock())], verbose_name=_("bukti pelembagaan"), blank=True, default=list
    )

    # Derived, never typed in
    completeness = models.PositiveSmallIntegerField(_("kelengkapan (%)"), default=0, editable=False)
    # What is missing, a bit for each item (`directory.derived.gaps`).
    missing_items = models.BigIntegerField(default=0, editable=False)
    evidence_level = models.PositiveSmallIntegerField(
        _("tingkat bukti"), choices=choices.EvidenceLevel, default=choices.EvidenceLevel.NONE, editable=False
    )
    cost_band = models.CharField(
        _("rentang biaya"), max_length=1, choices=choices.CostBand, blank=True, editable=False
    )

    parent_page_types = ["directory.DirectorySectionPage"]
    subpage_types: list[str] = []
    template = "directory/innovation_page.html"
    edit_handler = EDIT_HANDLER
    # A copy is another record; a translation gets the same number again by its translation key.
    exclude_fields_in_copy = ["registry_number"]
    override_translatable_fields = TRANSLATION_FIELDS

    class Meta:
        verbose_name = _("profil inovasi")
        verbose_name_plural = _("profil inovasi")
        permissions = [("view_data_quality", _("Melihat mutu data"))]

    @property
    def registry_code(self) -> str:
        """The number as people write it: INO-000123."""
        return registry_code(self.registry_number)

    @property
    def source_page(self) -> "InnovationPage":
        """This innovation's page in its source language: sources, verifications and the like hang on it."""
        if self.pk is None:
            return self
        # Under the page's own key: a copy of this object takes its attributes along, and is another page.
        cache: dict[int, InnovationPage] = self.__dict__.setdefault("_source_pages", {})
        if self.pk not in cache:
            first = InnovationPage.objects.filter(translation_key=self.translation_key, pk__lt=self.pk)
            cache[self.pk] = first.order_by("pk").first() or self
        return cache[self.pk]

    @property
    def place(self) -> Region | None:
        """Where the innovation runs: its own region, else its owner's."""
        return self.region or (self.institution.region if self.institution else None)

    def address_instead(self, language: str) -> str:
        """The record itself, in the frame of that language."""
        with override(language):
            return reverse("directory:permanent-address", args=[self.registry_number])

    def full_address(self, language: str) -> str:
        """In the frame of that language; a translation in its own, or the original would be shown instead."""
        own = super().full_address(language)
        if self.locale.language_code == language or self.source_page.pk != self.pk:
            return own
        return urljoin(own, self.address_instead(language))

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        from directory.profile.data import complete

        result = super().route(request, path_components)
        return RouteResult(complete(self)) if result.page is self else result

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from directory.views import profile_context

        return {**super().get_context(request, *args, **kwargs), **profile_context(self, request)}

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """As Wagtail's, in one query."""
        if self.alias_of_id:
            return super().get_view_restrictions()
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        own = models.Q(page__path__in=paths)
        return PageViewRestriction.objects.filter(own | models.Q(page__aliases__path__in=paths)).distinct()

    def full_clean(self, *args: object, **kwargs: object) -> None:
        self._assign_registry_number()
        super().full_clean(*args, **kwargs)

    def save(self, *args: object, **kwargs: object) -> None:
        self._assign_registry_number()
        # A partial save writes bookkeeping, on an object that may carry unpublished content.
        if kwargs.get("update_fields") is None:
            derive(self)
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """As Wagtail's; a page nobody reads yet shows editors how far its draft has come."""
        follow_source(self)
        revision = super().save_revision(*args, **kwargs)
        if not self.live:
            derive(self)
            derived = {name: getattr(self, name) for name in DERIVED_FIELDS}
            InnovationPage.objects.filter(pk=self.pk).update(**derived)
        return revision

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> None:
        """As Wagtail's, now or later; `RefusedError` where a person publishes what is not complete enough."""
        if user is not None:
            demand_complete(revision.as_object())
        super().publish(revision, user=user, **kwargs)

    def _assign_registry_number(self) -> None:
        # An alias takes its original's fields along, with every publication; its number goes by its own key.
        if self.registry_number is None or self.alias_of_id:
            self.registry_number = RegistryEntry.number_for(self.translation_key)
