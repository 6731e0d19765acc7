"""Rows of evidence that change: those verified are claims again, and those ticked are not ticked any more."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from wagtail.log_actions import log

from directory.derived.evidence import content_hash
from directory.models import InnovationPage, Verification

LAPSED = "directory.evidence_lapsed"


def ticked_still(page: InnovationPage, shown: int | None, ticked: Iterable[str]) -> list[str]:
    """Of the rows ticked beside the version `shown` those that this page has unchanged: ids of blocks."""
    before = page.revisions.filter(pk=shown).first()
    if before is None:
        return []
    known = {child.id: content_hash(child.value) for child in before.as_object().evidence}
    now = {child.id: content_hash(child.value) for child in page.evidence}
    return [block_id for block_id in ticked if block_id in now and now[block_id] == known.get(block_id)]


def note_lapsed(page: InnovationPage, user: Any = None) -> int:
    """Mark what no longer holds on the page as readers see it, and what holds again. Returns how many lapsed.

    Only a note for people: whether a row is verified goes by its content (`directory.derived.evidence`).
    """
    rows = {child.id: child.value for child in page.source_page.evidence}
    lapsed = 0
    for verification in Verification.objects.filter(page=page.source_page):
        value = rows.get(verification.block_id)
        holds = value is not None and content_hash(value) == verification.content_hash
        if holds == (verification.lapsed_at is None):
            continue
        # Not saved: a signal would derive the level again.
        at = None if holds else timezone.now()
        Verification.objects.filter(pk=verification.pk).update(lapsed_at=at)
        if not holds:
            lapsed += 1
            log(page.source_page, LAPSED, user=user, data={"block_id": verification.block_id})
    return lapsed
