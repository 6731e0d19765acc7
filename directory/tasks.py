"""Background work: bringing the index in line after a change that touches many innovations."""

import uuid
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks import task

from directory.models import InnovationPage
from directory.search_document import CHUNK, refresh

# Whose words a document repeats → where an innovation points at it.
POINTERS: dict[str, tuple[str, ...]] = {
    "institutions.institution": ("institution",),
    "taxonomy.region": (
        "region",
        "region__province",
        "institution__region",
        "institution__region__province",
    ),
    "taxonomy.sector": ("sectors",),
    "taxonomy.sdg": ("sdgs",),
    "taxonomy.reformtheme": ("reform_themes", "reform_themes__parent"),
    "taxonomy.beneficiarygroup": ("beneficiary_groups",),
    "taxonomy.awardprogramme": ("awards__programme",),
    "taggit.tag": ("tagged_items__tag",),
}


def innovations_using(label: str, pk: int) -> QuerySet[InnovationPage]:
    """Innovations whose document repeats words of this row; `label` is a key of `POINTERS`."""
    pointing = reduce(or_, (Q(**{pointer: pk}) for pointer in POINTERS[label]))
    return InnovationPage.objects.filter(pointing)


@task()
def reindex_using(label: str, pk: int) -> None:
    """Refresh the documents that repeat words of a renamed row."""
    reindex(innovations_using(label, pk).values_list("translation_key", flat=True))


@task()
def reindex_below(path: str) -> None:
    """Refresh the documents of all innovations at or below a tree path."""
    pages = InnovationPage.objects.filter(path__startswith=path)
    reindex(pages.values_list("translation_key", flat=True))


def reindex(keys: Iterable[uuid.UUID]) -> None:
    """Refresh these records' documents, `CHUNK` to a transaction, so that readers and writers can go on."""
    remaining = list(dict.fromkeys(keys))
    for start in range(0, len(remaining), CHUNK):
        with transaction.atomic():
            refresh(remaining[start : start + CHUNK])
