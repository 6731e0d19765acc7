"""The news as an Atom feed, for readers' own programmes."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from wagtail.models import Page

from news.querysets import NewsQuerySet

FEED_NAME = "umpan"
FEED_LENGTH = 30


def feed(page: Page, news: NewsQuerySet, request: HttpRequest) -> HttpResponse:
    """The newest news below `page` as Atom."""
    address = page.get_full_url(request)
    atom = Atom1Feed(
        title=f"{page.title} – JIPPNas",
        link=address,
        description=getattr(page, "introduction", ""),
        language=page.locale.language_code,
        feed_url=f"{address}{FEED_NAME}/",
    )
    for item in news.public_below(page)[:FEED_LENGTH]:
        midnight = datetime.datetime.combine(item.date, datetime.time(), timezone.get_default_timezone())
        atom.add_item(
            title=_printable(item.title),
            link=item.get_full_url(request),
            description=_printable(item.introduction),
            author_name=item.institution.name if item.institution else "JIPPNas",
            pubdate=midnight,
            updateddate=item.last_published_at or midnight,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def _printable(text: str) -> str:
    """Without the control characters that text pasted from a word processor may carry: XML has none."""
    return "".join(c if c.isprintable() else " " for c in text)
