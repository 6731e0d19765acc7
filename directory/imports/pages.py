"""What an import reads of the pages it compares with, and whether it may write them."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from directory.imports.duplicates import Entry
from directory.imports.fields import PREFETCHED, SELECTED
from directory.models import InnovationPage


def pages_for_planning(ids: Iterable[int]) -> Iterable[InnovationPage]:
    """The pages with all that planning reads of them."""
    pages = InnovationPage.objects.filter(pk__in=list(ids))
    return pages.select_related(*SELECTED).prefetch_related(*PREFETCHED)


def editable_content(page: InnovationPage) -> InnovationPage:
    """What an editor would see: the draft where there is one, else the page itself."""
    if page.has_unpublished_changes and page.latest_revision_id:
        return page.get_latest_revision_as_object()
    return page


def why_not_writable(page: InnovationPage) -> str:
    """Why an import must leave this page alone for now, "" if it may write."""
    if page.locked:
        return _("halaman dikunci; buka kuncinya lalu ulangi.")
    if page.live and page.has_unpublished_changes:
        return _("halaman sedang disunting; terbitkan atau buang drafnya lalu ulangi.")
    return ""


def all_records() -> QuerySet[InnovationPage]:
    """Every record once: its page in the source language."""
    return InnovationPage.objects.filter(alias_of=None, locale__language_code=settings.LANGUAGE_CODE)


def entries(pages: QuerySet[InnovationPage]) -> Iterator[Entry]:
    """These records as they are compared, in one query."""
    rows = pages.values_list("pk", "title", "institution__code", "region__code", "year")
    for pk, title, owner, region, year in rows.iterator(1000):
        yield Entry(pk, title, owner or "", region or "", year)
