"""What an innovation costs in its first year, and the band it falls in.

The rule (docs/domain.md): "items with amount in rupiah, once or yearly; ...; a cost band is derived".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.choices import CostBand

# The upper bounds, in rupiah, of the bands after "none".
_BOUNDS = (50_000_000, 250_000_000, 1_000_000_000, 5_000_000_000)
_BANDS = (CostBand.UNDER_50M, CostBand.UNDER_250M, CostBand.UNDER_1B, CostBand.UNDER_5B, CostBand.FROM_5B)


@dataclass(frozen=True, slots=True)
class CostTotals:
    """Sums in rupiah."""

    once: int
    yearly: int

    @property
    def first_year(self) -> int:
        return self.once + self.yearly


def cost_totals(values: Iterable[Mapping[str, Any]]) -> CostTotals | None:
    """Sums cost items (values of `CostItemBlock`); None when no amount is reported, which is not zero."""
    sums = {"once": 0, "yearly": 0}
    reported = False
    for value in values:
        amount = value.get("amount")
        if amount is None:
            continue
        reported = True
        sums["yearly" if value.get("frequency") == "yearly" else "once"] += int(amount)
    return CostTotals(**sums) if reported else None


def cost_band(totals: CostTotals | None) -> str:
    """The `CostBand` of the first year; "" when nothing is reported."""
    if totals is None:
        return ""
    if totals.first_year == 0:
        return CostBand.NONE.value
    return _BANDS[sum(totals.first_year >= bound for bound in _BOUNDS)].value
