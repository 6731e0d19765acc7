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
    locale, _created = Locale.objects.get_or_create(language_code="id")
    # Tests with transactions of their own leave an empty database.
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locale)
    home = HomePageFactory(parent=root, locale=locale, **fields)
    site = Site.objects.order_by("pk").first() or Site(hostname="localhost", port=80)
    site.root_page, site.is_default_site = home, True
    site.save()
    return home
