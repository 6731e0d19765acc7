from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.url_routing import RouteResult

from cms.blocks import BODY_BLOCKS
from cms.models import BasePage
from cms.translation.decisions import decide
from directory.blocks import RelatedInnovationsBlock
from institutions.approval.remarks import RemarksPanel
from institutions.lifecycle.closed import SectionItemForm
from institutions.models import Institution, SectionPage
from institutions.roles import SectionKind
from news import panels
from news.feeds import FEED_NAME, feed
from news.listing import listing
from news.querysets import NewsQuerySet


class NewsListPage(BasePage):
    """What the index and the sections share: a list of the news below them, and its feed."""

    filter_by_institution = True

    class Meta:
        abstract = True

    def get_route_paths(self) -> list[str]:
        # When the page moves, its feed's readers are led on as well.
        return ["/", f"/{FEED_NAME}/"]

    def resolve_subpage(self, path: str) -> None:
        """Wagtail's redirects ask so whether there is something under a route. Raises `Resolver404`."""
        if path.strip("/") != FEED_NAME:
            raise Resolver404({"path": path})

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if path_components == [FEED_NAME] and self.live:
            return RouteResult(self, kwargs={"as_feed": True})
        return super().route(request, path_components)

    def serve(
        self, request: HttpRequest, *args: object, as_feed: bool = False, **kwargs: object
    ) -> HttpResponse:
        if as_feed:
            return feed(self, NewsPage.objects.all(), request)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["listing"] = listing(self, NewsPage.objects.all(), request, self.filter_by_institution)
        context["feed_url"] = f"{self.get_url(request)}{FEED_NAME}/"
        return context


class NewsIndexPage(NewsListPage):
    introduction = models.TextField(_("pengantar"), max_length=500, blank=True)

    override_translatable_fields = decide(translated=["introduction"])
    content_panels = [*Page.content_panels, *panels.INDEX]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsSectionPage"]
    max_count_per_parent = 1
    show_in_menus_default = True
    template = "news/news_index_page.html"

    class Meta:
        verbose_name = _("indeks berita")
        verbose_name_plural = _("indeks berita")


class NewsSectionPage(NewsListPage, SectionPage):
    filter_by_institution = False
    section_kind = SectionKind.NEWS
    content_panels = [*Page.content_panels, *panels.SECTION]
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = ["news.NewsPage"]
    template = "news/news_section_page.html"

    class Meta:
        verbose_name = _("bagian berita")
        verbose_name_plural = _("bagian berita")


class NewsTag(TaggedItemBase):
    content_object = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("tag berita")
        verbose_name_plural = _("tag berita")


class NewsRelatedPage(Orderable):
    page = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="related_pages")
    related = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("halaman"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("halaman terkait")
        verbose_name_plural = _("halaman terkait")


class NewsPage(BasePage):
    """One piece of news of one institution, with its source."""

    date = models.DateField(_("tanggal"), default=timezone.localdate)
    introduction = models.TextField(_("pengantar"), max_length=500)
    lead_image = models.ForeignKey(
        "cms.CustomImage",
        verbose_name=_("gambar utama"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = models.CharField(_("teks alternatif gambar utama"), max_length=250, blank=True)
    lead_image_caption = models.CharField(_("keterangan gambar utama"), max_length=250, blank=True)
    body = StreamField(
        [*BODY_BLOCKS, ("related_innovations", RelatedInnovationsBlock())], verbose_name=_("isi")
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("instansi"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    source_name = models.CharField(_("nama sumber"), max_length=200, blank=True)
    source_url = models.URLField(_("alamat sumber"), max_length=500, blank=True)
    tags = ClusterTaggableManager(through=NewsTag, verbose_name=_("tag"), blank=True)

    objects = PageManager.from_queryset(NewsQuerySet)()

    base_form_class = SectionItemForm
    override_translatable_fields = decide(
        translated=["introduction", "lead_image_alt", "lead_image_caption", "body"],
        replaceable=["lead_image"],
        synchronised=[
            "date",
            "institution",
            "source_name",
            "source_url",
            "tags",
            "related_pages",
        ],
    )
    content_panels = [RemarksPanel(), *Page.content_panels, *panels.NEWS]
    parent_page_types = ["news.NewsSectionPage"]
    subpage_types: list[str] = []
    template = "news/news_page.html"

    class Meta:
        verbose_name = _("berita")
        verbose_name_plural = _("berita")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Without an institution of its own, news belongs to that of its section."""
        if self.institution is None and self.path:
            section = NewsSectionPage.objects.ancestor_of(self).select_related("institution").first()
            self.institution = section.institution if section else None
        super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        related = [row.related_id for row in self.related_pages.all()]
        readable = Page.objects.filter(pk__in=related).live().public().in_bulk() if related else {}
        context["related_pages"] = [readable[pk] for pk in related if pk in readable]
        context["tag_list"] = list(self.tags.all())
        context["index_url"] = self.get_parent().get_parent().get_url(request)
        return context
