"""Background work of the directory."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django_tasks import task
from wagtail.documents import get_document_model
from wagtail.log_actions import LogContext
from wagtail.models import ReferenceIndex

from directory.derived.columns import judge
from directory.imports.batches import apply_some, make_plan
from directory.imports.checking import check
from directory.imports.reversing import reverse_some
from directory.merging import finding
from directory.models import DuplicateSearch, ImportBatch, InnovationPage
from directory.search_document import SOURCE
from search.sources import refresh


def pages_with(document: int) -> QuerySet[InnovationPage]:
    """Innovations that point at this document, or did when they were last saved."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(get_document_model()), to_object_id=str(document)
    )
    ids = references.values(number=Cast("object_id", BigIntegerField()))
    return InnovationPage.objects.filter(pk__in=ids)


@task()
def judge_evidence_with(document: int) -> None:
    """Work out the level of evidence anew where this document, replaced or deleted, stands behind a row."""
    pages = pages_with(document)
    judge(pages)
    refresh(SOURCE, list(pages.values_list("translation_key", flat=True)))


# So that scheduled publishing and other tasks come in between.
ROWS_A_TASK = 500


@task()
def check_import(batch: int) -> None:
    """Read an uploaded file's columns; from the beginning, if the worker was stopped while it did."""
    found = ImportBatch.objects.filter(pk=batch, state=ImportBatch.State.CHECKING).first()
    if found:
        check(found)


@task()
def plan_import(batch: int) -> None:
    """Plan an uploaded file's rows; from the beginning, if the worker was stopped while it did."""
    found = ImportBatch.objects.filter(pk=batch, state=ImportBatch.State.PLANNING).first()
    if found:
        make_plan(found)


@task()
def apply_import(batch: int, user: int | None = None) -> None:
    """Apply the next rows of a batch in the name of who agreed to it, and queue itself again while any are
    left."""
    found = ImportBatch.objects.filter(pk=batch, state=ImportBatch.State.APPLYING).first()
    by = get_user_model().objects.filter(pk=user).first() if user else None
    # A common number would make one entry of all pages' in their histories.
    with LogContext(user=by, generate_uuid=False):
        if found and apply_some(found, ROWS_A_TASK):
            apply_import.enqueue(batch, user)
        elif found:
            look_for_duplicates()


# Between two parts of a search the worker sees to everything else, its timetable included.
PAUSE = timedelta(seconds=1)
BEHIND_OTHERS = -10


def look_for_duplicates() -> None:
    """Has the worker search all records for likely duplicates, from the beginning."""
    with transaction.atomic():
        find_duplicates.using(priority=BEHIND_OTHERS).enqueue(finding.begin().pk)


@task()
def find_duplicates(search: int) -> None:
    """Compare the next records of a search, and queue itself again while any are left."""
    found = DuplicateSearch.objects.filter(pk=search, finished_at=None).first()
    if found and finding.search_some(found):
        later = find_duplicates.using(priority=BEHIND_OTHERS, run_after=timezone.now() + PAUSE)
        later.enqueue(search)


@task()
def reverse_import(batch: int) -> None:
    """Take the next rows of a batch back, and queue itself again while any are left."""
    found = ImportBatch.objects.filter(pk=batch, state=ImportBatch.State.REVERSING).first()
    with LogContext(user=found.reversed_by if found else None, generate_uuid=False):
        if found and reverse_some(found, ROWS_A_TASK):
            reverse_import.enqueue(batch)
