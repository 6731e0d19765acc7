"""Ways of asking for innovations that several modules share."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Prefetch

from directory.models import InnovationPage, SourceRecord

# What a profile or a search document shows of an innovation's neighbours, in a fixed number of queries.
RELATED = ("locale", "institution__region__province", "region__province")
ROWS = (
    "sectors",
    "sdgs",
    "reform_themes__parent",
    "beneficiary_groups",
    "tagged_items__tag",
    "awards__programme",
    "former_names",
    "institution__names",
    "validations",
    "confirmations",
)


def by_record(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[InnovationPage]]:
    """All language versions of these records with what a search document needs, the source first.

    The number of queries does not depend on the number of records.
    """
    pages = (
        InnovationPage.objects.filter(translation_key__in=list(keys))
        .select_related(*RELATED)
        .prefetch_related(
            *ROWS,
            # Without the imported raw rows, which may be large.
            Prefetch("source_records", SourceRecord.objects.only("page_id", "source", "year", "imported_at")),
        )
        .order_by("pk")
    )
    records = defaultdict(list)
    for page in pages:
        records[page.translation_key].append(page)
    return dict(records)


def is_public(page: InnovationPage, restricted: Sequence[str]) -> bool:
    return page.live and not page.path.startswith(tuple(restricted))
