"""Ordinary pages as the search sees them."""

from collections.abc import Mapping

from home.models import StandardPage
from search.page_documents import PageSource, plain_text


def texts(page: StandardPage) -> Mapping[str, str]:
    return {"summary": page.introduction, "body": plain_text(page.body)}


SOURCE = PageSource("page", StandardPage, texts)
