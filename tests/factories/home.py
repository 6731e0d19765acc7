"""The front page at the root of the site, and ordinary pages below it."""

import wagtail_factories
from wagtail.models import Locale, Page, Site

from home.models import HomePage, StandardPage


class HomePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = HomePage

    title = "Beranda"
    slug = "beranda"


class StandardPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = StandardPage

    title = "Tentang portal"


def make_home(**fields: object) -> HomePage:
    """The Indonesian front page as the root of the only site, whatever the migrations left there."""
    root = Page.objects.get(depth=1)
    locale, _created = Locale.objects.get_or_create(language_code="id")
    home = HomePageFactory(parent=root, locale=locale, **fields)
    site = Site.objects.order_by("pk").first() or Site(hostname="localhost", port=80)
    site.root_page, site.is_default_site = home, True
    site.save()
    return home
