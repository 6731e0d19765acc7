"""The columns of a profile that are worked out on every save, never typed in."""

from typing import TYPE_CHECKING

from directory.derived.completeness import completeness
from directory.derived.costs import cost_band, cost_totals
from directory.derived.evidence import evidence_level, is_reproduced

if TYPE_CHECKING:
    from directory.models.innovation import InnovationPage

DERIVED_FIELDS = ("completeness", "evidence_level", "cost_band")


def derive(page: "InnovationPage") -> None:
    """Sets `completeness`, `evidence_level` and `cost_band` on the page; does not save it."""
    page.completeness = completeness(page).percent
    page.evidence_level = evidence_level(page, replicated=is_reproduced(page))
    page.cost_band = cost_band(cost_totals(child.value for child in page.costs))
