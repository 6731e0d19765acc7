"""The news part of the tree: `news_page(...)` makes what it needs above it."""

import datetime
import itertools
from typing import Any

from home.models import HomePage
from institutions.models import Institution
from news.models import NewsIndexPage, NewsPage, NewsSectionPage
from tests.factories.home import make_home

_numbers = itertools.count(1)


def news_index() -> NewsIndexPage:
    found = NewsIndexPage.objects.first()
    if found:
        return found
    home = HomePage.objects.first() or make_home()
    return home.add_child(instance=NewsIndexPage(title="Berita", slug="berita", show_in_menus=True))


def news_section(owner: Institution | None = None) -> NewsSectionPage:
    found = NewsSectionPage.objects.filter(institution=owner).first()
    if found:
        return found
    name = owner.name if owner else "Redaksi"
    slug = owner.code if owner else "redaksi"
    return news_index().add_child(instance=NewsSectionPage(title=name, slug=slug, institution=owner))


def news_page(section: NewsSectionPage | None = None, tags: tuple[str, ...] = (), **fields: Any) -> NewsPage:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "title": f"Berita {number}",
        "slug": f"berita-{number}",
        "introduction": f"Inti berita {number}.",
        "date": datetime.date(2024, 1, 1) + datetime.timedelta(days=number % 300),
        "body": [{"type": "paragraph", "value": "<p>Isi berita.</p>"}],
    }
    page = NewsPage(**(defaults | fields))
    page = (section or news_section()).add_child(instance=page)
    page.tags.add(*tags)
    if page.live:
        page.save_revision().publish()
    return page
