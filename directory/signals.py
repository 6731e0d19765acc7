"""What else a change sets going: levels of evidence, the search index, the filters' labels.

Publishing, moving and the like are followed by `search.sources`, which the app registers with.
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.signals import page_published

from cms.person import person_at_work
from directory import tasks
from directory.derived.columns import judge
from directory.finder import facets
from directory.models import Confirmation, InnovationPage, SourceRecord, Validation, Verification
from directory.search_document import SOURCE
from directory.validating.evidence import note_lapsed
from institutions.models import Institution, InstitutionName
from search.sources import refresh
from search.sources.changes import refresh_using

ROWS = (Confirmation, SourceRecord, Validation, Verification)

Row = Confirmation | SourceRecord | Validation | Verification


def connect() -> None:
    """Called once, from the app's `ready`, before the search listens: documents show the level."""
    page_published.connect(_judge_translations, sender=InnovationPage)
    page_published.connect(_note_lapsed, sender=InnovationPage)
    post_save.connect(_judge_document, sender=get_document_model())
    post_delete.connect(_judge_document, sender=get_document_model())
    for signal in (post_save, post_delete):
        signal.connect(_judge_evidence, sender=Verification)
        for row in ROWS:
            signal.connect(_refresh_row, sender=row)
        for reference in SOURCE.pointers:
            signal.connect(_forget_labels, sender=reference)
        signal.connect(_refresh_institution, sender=InstitutionName)


def _note_lapsed(instance: InnovationPage, **kwargs: Any) -> None:
    note_lapsed(instance, person_at_work())


def _judge_translations(instance: InnovationPage, **kwargs: Any) -> None:
    """A translation shows its source's evidence: published, the source takes their levels along."""
    judge(InnovationPage.objects.filter(translation_key=instance.translation_key, pk__gt=instance.pk))


def _judge_evidence(instance: Verification, **kwargs: Any) -> None:
    """A row checked, or a check withdrawn, changes the level of the record in all its languages."""
    keys = InnovationPage.objects.filter(pk=instance.page_id).values("translation_key")
    judge(InnovationPage.objects.filter(translation_key__in=keys))


def _judge_document(instance: AbstractDocument, created: bool = False, **kwargs: Any) -> None:
    """Another file behind a verified row is no longer what was verified."""
    if not created and kwargs.get("update_fields") is None and tasks.pages_with(instance.pk).exists():
        # Later: reading the file's hash saves the document.
        tasks.judge_evidence_with.enqueue(instance.pk)


def _refresh_row(instance: Row, **kwargs: Any) -> None:
    pages = InnovationPage.objects.filter(pk=instance.page_id)
    refresh(SOURCE, pages.values_list("translation_key", flat=True))


def _refresh_institution(instance: InstitutionName, **kwargs: Any) -> None:
    refresh_using(SOURCE, Institution, instance.institution_id)


def _forget_labels(**kwargs: Any) -> None:
    facets.forget_labels()
    # Once more when others see the change: a reader between the two has cached the old names again.
    transaction.on_commit(facets.forget_labels)
