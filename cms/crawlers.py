"""Search engines and other programs that read the portal: which pages there are, and where not to look."""

import re

from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from wagtail.contrib.sitemaps import Sitemap as WagtailSitemap
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

# Browsers have called themselves Mozilla or Opera for thirty years. "Cubot" makes telephones.
_BROWSER = re.compile(r"(?:Mozilla|Opera)/\d")
_PROGRAM = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|headless|lighthouse|externalhit|preview|scan|monitor|https?:",
    re.IGNORECASE,
)


def is_program(user_agent: str) -> bool:
    """Whether this is, by its own words, no person's browser."""
    return not _BROWSER.match(user_agent) or bool(_PROGRAM.search(user_agent))


class PageSitemap(WagtailSitemap):
    """Every public page in every language, in parts of a thousand; one query a part, no page bodies."""

    limit = 1000

    def items(self) -> PageQuerySet:
        site: Site = self.get_wagtail_site()
        homes = site.root_page.get_translations(inclusive=True)
        pages = Page.objects.none()
        for home in homes:
            pages |= Page.objects.descendant_of(home, inclusive=True)
        return pages.live().public().order_by("path")

    def lastmod(self, obj: Page) -> object:
        return obj.last_published_at


SITEMAPS: dict[str, type[Sitemap]] = {"halaman": PageSitemap}


@cache_control(max_age=3600, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: the admin and result lists are not for crawlers; the site map is."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*/cari/",
        "Disallow: /*/search/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
