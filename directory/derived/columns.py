"""The columns of a profile that are worked out on every save, never typed in."""

from typing import TYPE_CHECKING

from directory.derived.completeness import completeness
from directory.derived.costs import cost_band, cost_totals
from directory.derived.evidence import evidence_level, is_reproduced
from directory.derived.gaps import gaps

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from directory.models.innovation import InnovationPage

DERIVED_FIELDS = ("completeness", "missing_items", "evidence_level", "cost_band")


def derive(page: "InnovationPage") -> None:
    """Sets the columns of `DERIVED_FIELDS` on the page; does not save it."""
    found = completeness(page)
    page.completeness = found.percent
    page.missing_items = gaps(entry.field for entry in found.missing)
    page.evidence_level = evidence_level(page, replicated=is_reproduced(page))
    page.cost_band = cost_band(cost_totals(child.value for child in page.costs))


def judge(pages: "QuerySet[InnovationPage]") -> None:
    """Write the level of evidence of these pages where it has changed, past their drafts and revisions."""
    for page in pages:
        level = evidence_level(page, replicated=is_reproduced(page))
        if level != page.evidence_level:
            pages.model.objects.filter(pk=page.pk).update(evidence_level=level)
