"""Addresses of the lists where what the figures count is mended."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse


def profiles(**filters: Any) -> str:
    """The list of profiles with these filters set; the figures' own records, so in the first language."""
    chosen = {name: value for name, value in filters.items() if value not in ("", None)}
    query = urlencode({"locale": settings.LANGUAGE_CODE, **chosen}, doseq=True)
    return f"{reverse('innovations:index')}?{query}"
