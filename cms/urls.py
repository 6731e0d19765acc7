from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps import views as sitemap_views
from wagtail.documents import urls as wagtaildocs_urls

from cms import crawlers, health, oversized, untranslated

urlpatterns = [
    # Indonesian first, whatever the browser asks for; the language switch is on every page.
    path("", RedirectView.as_view(url=f"/{settings.LANGUAGE_CODE}/")),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("", include("search.operations.urls")),
    path("robots.txt", crawlers.robots, name="robots"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": crawlers.SITEMAPS, "sitemap_url_name": "sitemap-part"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": crawlers.SITEMAPS}, name="sitemap-part"
    ),
    # On the way in one has no right to the admin yet.
    path("admin/kode/", include("accounts.two_factor.urls")),
    # Before Wagtail's: its view of deleting behind one that says what may not be deleted, and why.
    path("admin/", include("directory.editing.urls")),
    # And its choosers behind those that show no drafts of others.
    path("admin/", include("institutions.scoping.urls")),
    path("admin/", include("institutions.translating.localize_urls")),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/\d{19,}/", oversized.absent),
    path("documents/", include(wagtaildocs_urls)),
]

if settings.MEDIA_URL.startswith("/"):
    from cms.media import serve_media

    urlpatterns.append(path("media/<path:path>", serve_media))

urlpatterns += i18n_patterns(
    path(pgettext_lazy("address", "inovasi/"), include("directory.urls")),
    path(pgettext_lazy("address", "cari/"), include("search.urls")),
    path(pgettext_lazy("address", "tanya/"), include("contact.urls")),
    path(pgettext_lazy("address", "undangan/"), include("institutions.inviting.public_urls")),
    path(pgettext_lazy("address", "angka/"), include("home.urls")),
    path(pgettext_lazy("address", "terjemahan/<int:page_id>/"), untranslated.show, name="untranslated"),
    path("", include(wagtail_urls)),
)
