"""The directory as a place where readers search: its address, and the words of its filters."""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finder import facets
from search.insight import Place


def _address() -> str:
    from directory.models import DirectoryIndexPage

    pages = DirectoryIndexPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    page = pages.order_by("pk").first()
    return (page.url or "") if page else ""


def _words(name: str) -> tuple[str, Callable[[str], str]]:
    if name == "stopped":
        return _("Status"), lambda value: _("Termasuk yang sudah berhenti")
    facet = facets.BY_NAME.get(name)
    return (str(facet.label), facets.labeller(facet)) if facet else ("", lambda value: "")


PLACE = Place("directory", gettext_lazy("Direktori inovasi"), _address, _words)
