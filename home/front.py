"""What the front page shows beside its words: numbers, the newest, news, guides."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from cms.navigation import frame
from directory.cards import card
from directory.models import DirectoryIndexPage
from guides.models import GuidePage
from home.figures import figures
from news.models import NewsPage

NEWS, GUIDES, SECTORS = 3, 3, 8


def front(home: Page, request: HttpRequest) -> dict[str, Any]:
    """The context of the front page `home`, in a constant number of queries."""
    around = frame(request, home)
    language = get_language() or "id"
    counted = figures(around, language)
    below = {"path__startswith": home.path}
    news = NewsPage.objects.filter(**below).select_related("institution").order_by("-date", "-pk")
    guides = (
        GuidePage.objects.filter(**below).select_related("institution").order_by("-first_published_at", "-pk")
    )
    return {
        "figures": counted,
        "directory_url": directory_address(request, home),
        "sectors": counted.sectors[:SECTORS],
        "more_sectors": counted.sectors[SECTORS:],
        "newest": [card(hit.data, language=language) for hit in counted.newest],
        "validated": [card(data, language=language) for data in counted.newly_validated],
        "replicated": [card(data, language=language) for data in counted.most_replicated],
        "news": around.readable(news)[:NEWS],
        "guides": around.readable(guides)[:GUIDES],
        "news_url": around.addresses.get("newsindexpage", ""),
        "guides_url": around.addresses.get("guideindexpage", ""),
    }


def directory_address(request: HttpRequest, page: Page | None = None) -> str:
    """Where the directory is: below the front page of this language, else in the language it exists in;
    empty where there is none."""
    address = frame(request, page).addresses.get("directoryindexpage")
    if address:
        return address
    index = DirectoryIndexPage.objects.live().order_by("pk").first()
    return (index and index.get_url(request)) or ""
