"""Ordinary pages as the search sees them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from home.models import StandardPage
from search.sources import PageTexts, Source, plain_text


def texts(page: StandardPage) -> Mapping[str, str]:
    return {"summary": page.introduction, "body": plain_text(page.body)}


SOURCE = Source("page", _("Halaman"), StandardPage, PageTexts("page", StandardPage, texts))
