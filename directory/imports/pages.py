"""What an import reads of the pages it compares with, and whether it may write them."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState

from directory.imports.duplicates import Entry
from directory.imports.fields import PREFETCHED, SELECTED
from directory.models import InnovationPage


def pages_for_planning(ids: Iterable[int]) -> Iterable[InnovationPage]:
    """The pages with all that planning reads of them."""
    return with_all(InnovationPage.objects.filter(pk__in=list(ids)))


def with_all(pages: QuerySet[InnovationPage]) -> QuerySet[InnovationPage]:
    """These pages with what planning reads of them, and whether somebody is about to decide on them."""
    own = {"object_id": Cast(OuterRef("pk"), CharField())}
    page = ContentType.objects.get_for_model(Page)
    return (
        pages.select_related(*SELECTED, "latest_revision")
        .prefetch_related(*PREFETCHED)
        .annotate(
            in_workflow=Exists(WorkflowState.objects.active().filter(base_content_type=page, **own)),
            is_scheduled=Exists(
                Revision.objects.filter(base_content_type=page, approved_go_live_at__isnull=False, **own)
            ),
        )
    )


def editable_content(page: InnovationPage) -> InnovationPage:
    """What an editor would see: the draft where there is one, else the page itself."""
    if page.has_unpublished_changes and page.latest_revision_id:
        return page.get_latest_revision_as_object()
    return page


def why_not_writable(page: InnovationPage) -> str:
    """Why an import must leave this page alone for now, "" if it may write."""
    if page.locked:
        return _("halaman dikunci; buka kuncinya lalu ulangi.")
    if getattr(page, "in_workflow", False):
        return _("halaman sedang dalam alur persetujuan; selesaikan lalu ulangi.")
    if getattr(page, "is_scheduled", False):
        return _("halaman dijadwalkan terbit; tunggu atau batalkan jadwalnya lalu ulangi.")
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
