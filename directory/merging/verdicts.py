"""What people say of a pair that is not merged."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from directory.imports.duplicates import likeness
from directory.imports.pages import all_records, entries
from directory.merging.finding import pair_key
from directory.merging.log import DIFFERENT
from directory.models import DuplicatePair, InnovationPage


@transaction.atomic
def call_different(page: InnovationPage, other: InnovationPage, user: Any = None) -> DuplicatePair:
    """Two records are two innovations, found alike or not: no search proposes them again."""
    one, second = pair_key(page.pk, other.pk)
    alike = likeness(*entries(all_records().filter(pk__in=(one, second))))
    said = {"state": DuplicatePair.State.DIFFERENT, "decided_by": user, "decided_at": timezone.now()}
    found = {"score": round(alike.score), "why": ", ".join(alike.why)[:300]}
    pair, _created = DuplicatePair.objects.update_or_create(
        one_id=one, other_id=second, defaults=said, create_defaults={**said, **found}
    )
    said_of = {"number": other.registry_code, "title": other.title}
    log(instance=page, action=DIFFERENT, user=user, data=said_of)
    return pair
