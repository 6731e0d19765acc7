"""Keeps the search index in line with what is published, in the transaction of the change.

What touches one innovation is written at once. What may touch thousands (a renamed region, a moved
section) becomes one background task, recorded in the same transaction.
"""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from taggit.models import Tag
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from directory import facets, tasks
from directory.evidence import evidence_level, is_reproduced
from directory.models import Confirmation, InnovationPage, SourceRecord, Validation, Verification
from directory.search_document import refresh
from institutions.models import Institution, InstitutionName
from taxonomy.models import SDG, AwardProgramme, BeneficiaryGroup, ReformTheme, Region, Sector

ROWS = (Confirmation, SourceRecord, Validation, Verification)
REFERENCES = (Institution, Region, Sector, SDG, ReformTheme, BeneficiaryGroup, AwardProgramme, Tag)

Row = Confirmation | SourceRecord | Validation | Verification


def connect() -> None:
    """Called once, from the app's `ready`."""
    for signal in (page_published, page_unpublished):
        signal.connect(_refresh_page, sender=InnovationPage)
    post_delete.connect(_refresh_page, sender=InnovationPage)
    # Before the documents are written, which show the level.
    post_save.connect(_judge_evidence, sender=Verification)
    post_delete.connect(_judge_evidence, sender=Verification)
    for row in ROWS:
        post_save.connect(_refresh_row, sender=row)
        post_delete.connect(_refresh_row, sender=row)
    for reference in REFERENCES:
        post_save.connect(_reindex_using, sender=reference)
        post_delete.connect(_forget_labels, sender=reference)
    post_save.connect(_reindex_institution, sender=InstitutionName)
    post_delete.connect(_reindex_institution, sender=InstitutionName)
    page_slug_changed.connect(_reindex_below)
    post_page_move.connect(_reindex_below)
    post_save.connect(_reindex_restricted, sender=PageViewRestriction)
    post_delete.connect(_reindex_restricted, sender=PageViewRestriction)


def _refresh_page(instance: InnovationPage, **kwargs: Any) -> None:
    refresh([instance.translation_key])


def _judge_evidence(instance: Verification, **kwargs: Any) -> None:
    """A row checked, or a check withdrawn, changes the level of the record in all its languages."""
    source = InnovationPage.objects.filter(pk=instance.page_id).first()
    if source is not None:
        for page in InnovationPage.objects.filter(translation_key=source.translation_key):
            level = evidence_level(page, replicated=is_reproduced(page))
            InnovationPage.objects.filter(pk=page.pk).update(evidence_level=level)


def _refresh_row(instance: Row, **kwargs: Any) -> None:
    key = InnovationPage.objects.filter(pk=instance.page_id).values_list("translation_key", flat=True)
    refresh(key)


def _reindex_using(instance: Model, created: bool, **kwargs: Any) -> None:
    _forget_labels()
    # A new row is used by nobody; asking first spares the queue when a whole table is loaded.
    if not created and tasks.innovations_using(instance._meta.label_lower, instance.pk).exists():
        tasks.reindex_using.enqueue(instance._meta.label_lower, instance.pk)


def _forget_labels(**kwargs: Any) -> None:
    facets.forget_labels()
    # Once more when others see the change: a reader between the two has cached the old names again.
    transaction.on_commit(facets.forget_labels)


def _reindex_institution(instance: InstitutionName, **kwargs: Any) -> None:
    if tasks.innovations_using("institutions.institution", instance.institution_id).exists():
        tasks.reindex_using.enqueue("institutions.institution", instance.institution_id)


def _reindex_below(instance: Page, **kwargs: Any) -> None:
    below = InnovationPage.objects.filter(path__startswith=instance.path).values_list(
        "path", "translation_key"
    )
    found = dict(below[:2])
    if instance.path in found:
        refresh([found[instance.path]])
    elif found:
        tasks.reindex_below.enqueue(instance.path)


def _reindex_restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    # At once, however many: what has become private must not be found until the worker comes round.
    path = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True).first()
    if path is not None:
        below = InnovationPage.objects.filter(path__startswith=path)
        refresh(below.values_list("translation_key", flat=True))
