"""News as the search sees it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from institutions.models import Institution
from news.models import NewsPage
from search.sources import PageTexts, Source, plain_text


def texts(page: NewsPage) -> Mapping[str, str]:
    institution = page.institution
    keywords = [tag.name for tag in page.tags.all()]
    if institution:
        keywords += [institution.name, institution.abbreviation]
    return {
        "summary": page.introduction,
        "keywords": " ".join(word for word in keywords if word),
        "body": plain_text(page.body),
    }


def data(page: NewsPage) -> Mapping[str, Any]:
    return {
        "date": page.date.isoformat(),
        "institution": {"id": page.institution.shown_name} if page.institution else {},
    }


def date(page: NewsPage) -> str:
    return page.date.isoformat()


SOURCE = Source(
    "news",
    _("Berita"),
    NewsPage,
    PageTexts("news", NewsPage, texts, data, date, related=("institution",)),
    pointers={Institution: ("institution",), Tag: ("tagged_items__tag",)},
)
