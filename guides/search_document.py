"""Guides as the search sees them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from guides.models import GuidePage
from institutions.models import Institution
from search.sources import PageTexts, Source, plain_text


def texts(page: GuidePage) -> Mapping[str, str]:
    institution = page.institution
    names = [institution.name, institution.abbreviation] if institution else []
    return {
        "summary": page.purpose,
        "keywords": " ".join(name for name in [page.audience, *names] if name),
        "body": plain_text(page.steps),
    }


def data(page: GuidePage) -> Mapping[str, Any]:
    return {
        "institution": {"id": page.institution.name} if page.institution else {},
        "steps": len(page.steps),
        "review_date": page.review_date.isoformat() if page.review_date else "",
    }


SOURCE = Source(
    "guide",
    _("Panduan"),
    GuidePage,
    PageTexts("guide", GuidePage, texts, data, related=("institution",)),
    pointers={Institution: ("institution",)},
)
