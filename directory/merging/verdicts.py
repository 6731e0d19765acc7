"""What people say of a pair that is not merged."""

from typing import Any

from django.utils import timezone

from directory.imports.duplicates import likeness
from directory.imports.pages import all_records, entries
from directory.merging.finding import pair_key
from directory.models import DuplicatePair, InnovationPage


def call_different(page: InnovationPage, other: InnovationPage, user: Any = None) -> DuplicatePair:
    """Two records are two innovations, found alike or not: no search proposes them again."""
    one, second = pair_key(page.pk, other.pk)
    alike = likeness(*entries(all_records().filter(pk__in=(one, second))))
    said = {"state": DuplicatePair.State.DIFFERENT, "decided_by": user, "decided_at": timezone.now()}
    found = {"score": round(alike.score), "why": ", ".join(alike.why)[:300]}
    pair, _created = DuplicatePair.objects.update_or_create(
        one_id=one, other_id=second, defaults=said, create_defaults={**said, **found}
    )
    return pair
