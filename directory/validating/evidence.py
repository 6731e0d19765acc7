"""Verified rows of evidence that a publication has changed: claims again, and the history says so."""

from typing import Any

from django.utils import timezone
from wagtail.log_actions import log

from directory.derived.evidence import content_hash
from directory.models import InnovationPage, Verification

LAPSED = "directory.evidence_lapsed"


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
