"""Background work of the directory."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from django_tasks import task
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex

from directory.derived.columns import judge
from directory.models import InnovationPage
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
