"""The figures of all records: how many, how complete, how well confirmed, and what they lack.

Each function asks the database once or a fixed number of times, whatever the number of records.
"""

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Aggregate, Avg, Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.choices import EvidenceLevel, Source
from directory.derived.completeness import ITEMS
from directory.derived.confirmation import Badge, badge_for
from directory.derived.gaps import gap_bit
from directory.editing.listing import COMPLETENESS_BANDS
from directory.models import Confirmation
from directory.quality import links
from directory.quality.conditions import (
    NEVER,
    NO_SOURCE,
    from_source,
    never_confirmed,
    records,
    without_place,
)

MEASURED = [level.value for level in EvidenceLevel if level >= EvidenceLevel.MEASURED]


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of `total`, with the list of what is counted."""

    label: str
    count: int
    total: int
    url: str

    @property
    def percent(self) -> int:
        return _rounded(self.count * 100 / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Overall:
    """All records at a glance. `completeness` is their mean, in per cent."""

    records: int
    completeness: int
    states: list[Figure]
    bands: list[Figure]
    badges: list[Figure]
    gaps: list[Figure]
    # In no region, neither by themselves nor by their owner.
    placeless: Figure


@dataclass(frozen=True, slots=True)
class Standing:
    """How a group of records stands: its number, mean completeness, and how many are measured or never
    confirmed; each with the list of these records."""

    label: str
    records: int
    completeness: int
    measured: int
    never: int
    filters: dict[str, Any]

    @property
    def url(self) -> str:
        return links.profiles(**self.filters)

    @property
    def measured_url(self) -> str:
        return links.profiles(**self.filters, evidence_level=MEASURED)

    @property
    def never_url(self) -> str:
        return links.profiles(**self.filters, confirmation=NEVER)


def overall() -> Overall:
    """One query for the records and what they lack, one for their confirmations."""
    # Many records lack the same: fewer groups than records, and cheaper than 32 counts of every record.
    groups = list(
        records()
        .order_by()
        .values("missing_items", "completeness", "live", "operational_status")
        .annotate(number=Count("pk"), placeless=Count("pk", filter=without_place()))
    )

    def count(matches: Callable[[dict[str, Any]], Any]) -> int:
        return sum(group["number"] for group in groups if matches(group))

    def figure(label: Any, count: int, **filters: Any) -> Figure:
        return Figure(str(label), count, total, links.profiles(**filters))

    total, live = count(lambda group: True), count(lambda group: group["live"])
    told = sum(group["completeness"] * group["number"] for group in groups)
    badges = _badges(groups)
    gaps = [
        figure(item.label, count(partial(_lacks, gap_bit(item.field))), missing=item.field) for item in ITEMS
    ]
    bands = [
        figure(label, count(partial(_in_band, low, high)), completeness=name)
        for name, (label, low, high) in COMPLETENESS_BANDS.items()
    ]
    return Overall(
        records=total,
        completeness=_rounded(told / total if total else 0),
        states=[
            figure(_("sudah terbit"), live, live="True"),
            figure(_("belum terbit"), total - live, live="False"),
        ],
        bands=bands,
        badges=[figure(badge.label, badges.get(badge.value, 0), confirmation=badge.value) for badge in Badge],
        gaps=sorted(gaps, key=lambda gap: -gap.count),
        placeless=figure(_("tanpa wilayah"), sum(group["placeless"] for group in groups), place="none"),
    )


def _badges(groups: list[dict[str, Any]]) -> Counter[str]:
    """How many records have each badge: by their latest confirmations, the others by their own status."""
    rows = Confirmation.objects.filter(page__in=records()).order_by("page", "-confirmed_at")
    latest: dict[int, tuple[str, str, datetime.date]] = {}
    for page, own, status, moment in rows.values_list(
        "page", "page__operational_status", "status", "confirmed_at"
    ):
        if page not in latest:
            latest[page] = own, status, timezone.localdate(moment)
    badges: Counter[str] = Counter()
    unconfirmed: Counter[str] = Counter()
    for group in groups:
        unconfirmed[group["operational_status"]] += group["number"]
    for (own, status, date), number in Counter(latest.values()).items():
        badges[badge_for(own, status, date)] += number
        unconfirmed[own] -= number
    for own, number in unconfirmed.items():
        badges[badge_for(own)] += number
    return badges


def _lacks(bit: int, group: dict[str, Any]) -> bool:
    return bool(group["missing_items"] & bit)


def _in_band(low: int, high: int, group: dict[str, Any]) -> bool:
    return bool(low <= group["completeness"] <= high)


def by_source() -> list[Standing]:
    """Every source, and the records none has brought; a query each. A record of two counts in both."""
    sources = [*Source.choices, (NO_SOURCE, _("Tanpa sumber"))]
    return [
        standing(str(label), from_source(records(), name).aggregate(**standing_columns()), source=name)
        for name, label in sources
    ]


def standing_columns() -> dict[str, Aggregate]:
    """What a `Standing` is made of, for `annotate` or `aggregate`."""
    return {
        "records": Count("pk"),
        "mean": Avg("completeness"),
        "measured": Count("pk", filter=Q(evidence_level__gte=EvidenceLevel.MEASURED)),
        "never": Count("pk", filter=never_confirmed()),
    }


def standing(label: str, row: dict[str, Any], **filters: Any) -> Standing:
    return Standing(label, row["records"], _rounded(row["mean"]), row["measured"], row["never"], filters)


def _rounded(mean: Any) -> int:
    return round(mean or 0)
