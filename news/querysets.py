"""What readers may see of the news, in the order they see it."""

from typing import Self

from django.db.models import Count, QuerySet
from taggit.models import Tag
from wagtail.models import Page, PageQuerySet

from institutions.models import Institution


class NewsQuerySet(PageQuerySet):
    def public_below(self, page: Page) -> Self:
        """The live, unrestricted news below `page`, newest first, each with its institution."""
        found = self.descendant_of(page).live().public().select_related("institution")
        return found.order_by("-date", "-pk")


def tags_of(news: "QuerySet", limit: int = 12) -> "QuerySet[Tag]":
    """The tags most used by `news`, each with `uses`."""
    used = Tag.objects.filter(news_newstag_items__content_object__in=news.order_by().values("pk"))
    return used.annotate(uses=Count("pk")).order_by("-uses", "name")[:limit]


def institutions_of(news: "QuerySet") -> "QuerySet[Institution]":
    """The institutions that wrote `news`."""
    return Institution.objects.filter(pk__in=news.order_by().values("institution"))
