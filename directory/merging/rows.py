"""What hangs on a record that becomes part of another: everything that points at it moves along."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, models, transaction
from modelcluster.fields import ParentalKey
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Site, WorkflowPage

from directory.imports.types import Action
from directory.merging.content import Combination
from directory.merging.finding import pair_key
from directory.models import DuplicatePair, ImportRow, InnovationPage, SourceRecord, Verification

# What belongs to a place in the tree, not to the record; and what has rules of its own below.
STAYING = (GroupPagePermission, PageViewRestriction, Site, WorkflowPage, Page, DuplicatePair)


def move_history(kept: InnovationPage, other: InnovationPage, found: Combination) -> None:
    """Sources with what each rules from now on, verifications with the rows they checked."""
    rows = [*_yielding(kept, found.kept_yields), *_yielding(other, found.other_yields)]
    for row in rows:
        row.page = kept
    SourceRecord.objects.bulk_update(rows, ["page", "yielded"])
    checks = list(other.verifications.all())
    for check in checks:
        check.page, check.block_id = kept, found.evidence.get(check.block_id, check.block_id)
    Verification.objects.bulk_update(checks, ["page", "block_id"])


def _yielding(page: InnovationPage, names: set[str]) -> list[SourceRecord]:
    rows = list(SourceRecord.objects.filter(page=page))
    for row in rows:
        row.yielded = sorted(names.union(row.yielded))
    return rows


def move_references(kept: InnovationPage, other: InnovationPage) -> None:
    """Every row of any app that points at `other` points at `kept`; one that is there already stays."""
    for field in _pointing():
        for pk in field.model._base_manager.filter(**{field.name: other.pk}).values_list("pk", flat=True):
            try:
                with transaction.atomic():
                    field.model._base_manager.filter(pk=pk).update(**{field.name: kept.pk})
            except IntegrityError:
                continue


def _pointing() -> Iterator[models.ForeignKey]:
    for relation in InnovationPage._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        field: Any = relation.field
        # Rows of the page itself are part of its content; a log tells of the page it was written for.
        of_the_page = isinstance(field, ParentalKey) or field.model._meta.auto_created
        is_log = relation.on_delete is models.DO_NOTHING
        if not (of_the_page or is_log or relation.parent_link or issubclass(field.model, STAYING)):
            yield field


def move_pairs(kept: InnovationPage, other: InnovationPage) -> None:
    """What `other` resembles, `kept` resembles; what a person told apart from either stays told apart."""
    for pair in DuplicatePair.objects.filter(models.Q(one=other) | models.Q(other=other)):
        third = pair.one_id if pair.other_id == other.pk else pair.other_id
        if third == kept.pk:
            pair.delete()
            continue
        one, second = pair_key(kept.pk, third)
        there = DuplicatePair.objects.filter(one=one, other=second).first()
        if there is None:
            pair.one_id, pair.other_id = one, second
            pair.save()
            continue
        if pair.state == DuplicatePair.State.DIFFERENT != there.state:
            there.state, there.decided_by, there.decided_at = pair.state, pair.decided_by, pair.decided_at
            there.save()
        pair.delete()


def move_proposals(kept: InnovationPage, other: InnovationPage) -> None:
    """Rows of imports that wait for a decision and resemble `other` resemble `kept`."""
    waiting = ImportRow.objects.filter(action=Action.DUPLICATE, outcome__in=("", Action.DUPLICATE))
    changed = []
    for row in waiting.only("duplicates").iterator(500):
        if other.pk in (proposal[0] for proposal in row.duplicates):
            known = {
                kept.pk if proposal[0] == other.pk else proposal[0]: proposal for proposal in row.duplicates
            }
            row.duplicates = [[pk, *proposal[1:]] for pk, proposal in known.items()]
            changed.append(row)
    ImportRow.objects.bulk_update(changed, ["duplicates"], batch_size=200)
