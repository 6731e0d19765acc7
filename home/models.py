from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cms.blocks import BODY_BLOCKS
from cms.models import BasePage
from cms.translation.decisions import decide
from home import panels
from home.routing import deepest_below


class HomePage(BasePage):
    """The front page of one language. What it shows is derived; the editor sets the question."""

    question = models.CharField(
        _("pertanyaan"), max_length=120, default="Masalah apa yang ingin Anda selesaikan?"
    )
    introduction = models.CharField(_("pengantar"), max_length=250, blank=True)
    example_searches = models.CharField(
        _("contoh pencarian"),
        max_length=250,
        blank=True,
        help_text=_("Dipisah koma. Contoh: stunting, sampah rumah tangga"),
    )

    override_translatable_fields = decide(translated=["question", "introduction", "example_searches"])
    content_panels = [*Page.content_panels, *panels.HOME]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "news.NewsIndexPage",
        "guides.GuideIndexPage",
        "directory.DirectoryIndexPage",
        "home.StandardPage",
    ]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("beranda")
        verbose_name_plural = _("beranda")

    @property
    def examples(self) -> list[str]:
        """The example searches, one by one."""
        return [text.strip() for text in self.example_searches.split(",") if text.strip()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # Here, not above: the front page asks every app, and each must have its models first.
        from home.front import front

        return super().get_context(request, *args, **kwargs) | front(self, request)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        found = deepest_below(self, path_components) if path_components else None
        if found is None:
            return super().route(request, path_components)
        page, rest = found
        return page.route(request, rest)


class StandardPage(BasePage):
    """An ordinary page: about, privacy, accessibility."""

    introduction = models.TextField(_("pengantar"), max_length=500, blank=True)
    body = StreamField(BODY_BLOCKS, verbose_name=_("isi"), blank=True, default=list)

    override_translatable_fields = decide(translated=["introduction", "body"])
    content_panels = [*Page.content_panels, *panels.STANDARD]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("halaman biasa")
        verbose_name_plural = _("halaman biasa")


@register_setting(icon="site")
class PortalSettings(BaseGenericSetting):
    """What the whole portal shares and a programme owner may change."""

    contact_email = models.EmailField(_("surel pengelola"), blank=True)
    footer_text = models.CharField(_("teks kaki"), max_length=250, blank=True)
    notice = models.CharField(_("pengumuman di semua halaman"), max_length=250, blank=True)
    is_synthetic = models.BooleanField(
        _("isi portal ini buatan"),
        default=False,
        help_text=_("Setiap halaman lalu menyatakan bahwa datanya buatan dan bukan rujukan."),
    )

    panels = panels.SETTINGS

    class Meta:
        verbose_name = _("pengaturan portal")
        verbose_name_plural = _("pengaturan portal")


class StarterItem(models.Model):
    """A part of the starter site that `manage.py build_site` has made. It is made once only: what an
    editor changed or deleted since stays as the editor left it."""

    key = models.CharField(max_length=200, unique=True)
    built_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
