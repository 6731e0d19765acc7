"""The figures of all records: how many, how complete, how well confirmed, and what they lack.

Each function asks the database once or a fixed number of times, whatever the number of records.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Avg, Count, Q
from django.utils.translation import gettext as _

from directory.choices import EvidenceLevel, Source
from directory.derived.completeness import ITEMS
from directory.derived.confirmation import Badge
from directory.editing.listing import COMPLETENESS_BANDS
from directory.quality import links
from directory.quality.conditions import (
    NEVER,
    NO_SOURCE,
    from_source,
    lacking,
    never_confirmed,
    records,
    with_badge,
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
        return self.count * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class Overall:
    """All records at a glance. `completeness` is their mean, in per cent."""

    records: int
    completeness: int
    states: list[Figure]
    bands: list[Figure]
    badges: list[Figure]
    gaps: list[Figure]


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
    """One query for the records and what they lack, one for the badges."""
    found = records().aggregate(
        records=Count("pk"),
        mean=Avg("completeness"),
        live=Count("pk", filter=Q(live=True)),
        **{
            f"band_{name}": Count("pk", filter=Q(completeness__range=(low, high)))
            for name, (_label, low, high) in COMPLETENESS_BANDS.items()
        },
        **{f"gap_{place}": Count("pk", filter=lacking(item.field)) for place, item in enumerate(ITEMS)},
    )
    total = found["records"]
    badges = dict(with_badge(records()).order_by().values_list("badge").annotate(number=Count("pk")))

    def figure(label: Any, count: int, **filters: Any) -> Figure:
        return Figure(str(label), count, total, links.profiles(**filters))

    gaps = [figure(item.label, found[f"gap_{place}"], missing=item.field) for place, item in enumerate(ITEMS)]
    return Overall(
        records=total,
        completeness=_rounded(found["mean"]),
        states=[
            figure(_("sudah terbit"), found["live"], live="True"),
            figure(_("belum terbit"), total - found["live"], live="False"),
        ],
        bands=[
            figure(label, found[f"band_{name}"], completeness=name)
            for name, (label, _low, _high) in COMPLETENESS_BANDS.items()
        ],
        badges=[figure(badge.label, badges.get(badge.value, 0), confirmation=badge.value) for badge in Badge],
        gaps=sorted(gaps, key=lambda gap: -gap.count),
    )


def by_source() -> list[Standing]:
    """Every source, and the records none has brought. A record of two sources counts in both."""
    sources = [*Source.choices, (NO_SOURCE, _("Tanpa sumber"))]
    return [
        standing(str(label), from_source(records(), source).aggregate(**standing_columns()), source=source)
        for source, label in sources
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
