"""Which records resemble each other: every one compared with all others, some at a time.

A search is kept and goes on where it stopped. It takes each part of its work in one short transaction, after
the comparing, so that nobody waits for it.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log
from wagtail.models import Page

from directory.imports.duplicates import DuplicateFinder, Entry, Likeness, likeness
from directory.imports.pages import all_records, entries
from directory.merging.log import SEARCH
from directory.models import DuplicatePair, DuplicateSearch

# Records compared at a time: some four seconds among 50,000.
PART = 500
# Pairs kept of one record; who resembles more is a series, not a duplicate.
MOST = 10

Key = tuple[int, int]


def begin() -> DuplicateSearch:
    """A search through all records; one under way begins anew, as records have changed since."""
    with transaction.atomic():
        running = DuplicateSearch.objects.select_for_update().filter(finished_at=None).first()
        search = running or DuplicateSearch()
        search.reached = search.compared = 0
        search.total = all_records().count()
        search.started_at = timezone.now()
        search.save()
        log(instance=search, action=SEARCH, title=gettext("Pencarian catatan ganda"))
    return search


def search_some(search: DuplicateSearch, most: int = PART) -> bool:
    """Compares up to `most` more records with all others; whether any are left.

    Writes open pairs and drops those that no longer hold. What a person has called different stays so.
    """
    known = {entry.id: entry for entry in entries(all_records().order_by("pk"))}
    waiting = [entry for entry in known.values() if entry.id > search.reached]
    part = waiting[:most]
    finder = DuplicateFinder(known.values())
    found = {
        pair_key(entry.id, other.id): alike for entry in part for other, alike in finder.likely(entry, MOST)
    }
    with transaction.atomic():
        current = DuplicateSearch.objects.select_for_update().get(pk=search.pk)
        # Begun anew meanwhile, or taken further by another task: that one's work counts.
        ours = (search.reached, search.started_at, None)
        if (current.reached, current.started_at, current.finished_at) == ours:
            _keep(part, found, known)
            current.reached = part[-1].id if part else current.reached
            current.compared += len(part)
            current.finished_at = None if len(waiting) > len(part) else timezone.now()
            current.save()
    return current.finished_at is None


def pair_key(one: int, other: int) -> Key:
    return (one, other) if one < other else (other, one)


def _keep(part: Sequence[Entry], found: dict[Key, Likeness], known: dict[int, Entry]) -> None:
    ids = [entry.id for entry in part]
    kept = {
        (pair.one_id, pair.other_id): pair
        for pair in DuplicatePair.objects.filter(Q(one__in=ids) | Q(other__in=ids))
    }
    new = {key: alike for key, alike in found.items() if key not in kept}
    there = _still_there({page for key in new for page in key})
    DuplicatePair.objects.bulk_create(
        [_pair(key, alike) for key, alike in new.items() if there.issuperset(key)], ignore_conflicts=True
    )
    changed, gone = [], []
    for key, pair in kept.items():
        if pair.state != DuplicatePair.State.OPEN:
            continue
        # Not among the likeliest of the record compared now, it may be among those of the other.
        alike = found.get(key)
        if alike is None and known.keys() >= set(key):
            alike = likeness(known[key[0]], known[key[1]])
        if alike is None or not alike.is_likely:
            gone.append(pair.pk)
            continue
        fresh = _pair(key, alike)
        if (pair.score, pair.why) != (fresh.score, fresh.why):
            pair.score, pair.why = fresh.score, fresh.why
            changed.append(pair)
    DuplicatePair.objects.bulk_update(changed, ["score", "why"])
    DuplicatePair.objects.filter(pk__in=gone).delete()


def _pair(key: Key, alike: Likeness) -> DuplicatePair:
    one, other = key
    return DuplicatePair(one_id=one, other_id=other, score=round(alike.score), why=", ".join(alike.why)[:300])


def _still_there(pages: set[int]) -> set[int]:
    """Those not deleted while they were compared; they stay until the pair is written."""
    rows = Page.objects.select_for_update().filter(pk__in=pages).order_by("pk")
    return set(rows.values_list("pk", flat=True))
