"""Background work of the directory."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from django_tasks import task
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex

from directory.derived.columns import judge
from directory.imports.batches import apply_some, make_plan
from directory.models import ImportBatch, InnovationPage
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
def plan_import(batch: int) -> None:
    """Plan an uploaded file's rows; from the beginning, if the worker was stopped while it did."""
    found = ImportBatch.objects.filter(pk=batch, state=ImportBatch.State.PLANNING).first()
    if found:
        make_plan(found)


@task()
def apply_import(batch: int) -> None:
    """Apply the next rows of a batch, and queue itself again while any are left."""
    found = ImportBatch.objects.filter(pk=batch, state=ImportBatch.State.APPLYING).first()
    if found and apply_some(found, ROWS_A_TASK):
        apply_import.enqueue(batch)
