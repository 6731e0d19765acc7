"""The portal's numbers, counted from what readers can see, each with the address of what it counts."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.http import urlencode

from cms.navigation import Frame
from directory.choices import OperationalStatus
from directory.derived.confirmation import CONFIRMED_MONTHS, add_months
from directory.finder import facets
from directory.models import Confirmation, InnovationPage, Validation
from home.tile_map import PLACES, Shade, Tile, shades, tiles
from search.engines import search
from search.models import SearchDocument
from search.types import FacetCount, Hit, Query, Sort

RUNNING = (OperationalStatus.RUNNING.value, OperationalStatus.DEVELOPED.value)
STOPPED = OperationalStatus.STOPPED.value
SHOWN = 3
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """Something counted: its name, how many, and the query string with which the directory lists it."""

    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything counted, on a day. `listed` leaves out what has stopped, as the directory does unless
    asked, and so do provinces and sectors; `on_record` has it all."""

    date: datetime.date
    on_record: int
    listed: int
    running: Counted
    confirmed: int
    owners: int
    replications_running: int
    without_province: int
    provinces: tuple[Tile, ...]
    legend: tuple[Shade, ...]
    sectors: tuple[Counted, ...]
    statuses: tuple[Counted, ...]
    newest: tuple[Hit, ...]
    newly_validated: tuple[Data, ...]
    most_replicated: tuple[Data, ...]


def figures(around: Frame, language: str) -> Figures:
    """Count, for readers of `language`. The number of queries does not depend on what there is to count."""
    results = search(
        Query(
            language=language,
            types=("innovation",),
            exclude={"status": (STOPPED,)},
            facets=("province", "sector", "status"),
            sort=Sort.NEWEST,
            page_size=SHOWN,
            suggest=False,
        )
    )
    by_status = _as_dict(results.facets.get("status", ()))
    by_province = _as_dict(results.facets.get("province", ()))
    province_name = facets.labeller(facets.BY_NAME["province"])
    people = _people(around)
    replicated = _replicated()
    return Figures(
        date=timezone.localdate(),
        on_record=results.total + by_status.get(STOPPED, 0),
        listed=results.total,
        running=_running(by_status),
        confirmed=people["confirmed"],
        owners=people["owners"],
        replications_running=sum(data.get("replications_running", 0) for data in replicated),
        without_province=results.total - sum(by_province.values()),
        provinces=tiles(by_province, {code: province_name(code) for code in PLACES}),
        legend=shades(list(by_province.values())),
        sectors=_counted("sector", results.facets.get("sector", ())),
        statuses=_counted("status", results.facets.get("status", ())),
        newest=results.hits,
        newly_validated=tuple(_newly_validated()),
        most_replicated=tuple(replicated[:SHOWN]),
    )


def public_innovations(around: Frame) -> QuerySet[InnovationPage]:
    """The innovations readers can see, each record once for each of its languages."""
    return around.readable(InnovationPage.objects.all())


def confirmed_innovations(around: Frame) -> QuerySet[InnovationPage]:
    """Those whose owner's latest word, at most twelve months old, is that they still run."""
    latest = Confirmation.objects.filter(page=OuterRef("pk")).order_by("-confirmed_at")
    return (
        public_innovations(around)
        .exclude(operational_status=STOPPED)
        .annotate(
            last_status=Subquery(latest.values("status")[:1]),
            last_date=Subquery(latest.values("confirmed_at__date")[:1]),
        )
        .filter(last_status__in=RUNNING, last_date__gte=add_months(timezone.localdate(), -CONFIRMED_MONTHS))
    )


def _people(around: Frame) -> dict[str, int]:
    confirmed = Q(pk__in=confirmed_innovations(around).values("pk"))
    return public_innovations(around).aggregate(
        confirmed=Count("pk", filter=confirmed), owners=Count("institution", distinct=True)
    )


def _documents() -> QuerySet[SearchDocument]:
    return SearchDocument.objects.filter(type="innovation", visible=True)


def _replicated() -> list[Data]:
    found = _documents().filter(replications__gt=0).order_by("-replications", "sort_title")
    return list(found.values_list("data", flat=True))


def _newly_validated() -> QuerySet[SearchDocument, Data]:
    validated_at = Validation.objects.filter(page=OuterRef("object_id")).order_by("-validated_at")
    found = _documents().annotate(validated_at=Subquery(validated_at.values("validated_at")[:1]))
    return (
        found.filter(validated_at__isnull=False)
        .order_by("-validated_at", "pk")
        .values_list("data", flat=True)[:SHOWN]
    )


def _running(by_status: dict[str, int]) -> Counted:
    query = "?" + urlencode([("status", value) for value in RUNNING])
    return Counted("", sum(by_status.get(value, 0) for value in RUNNING), query)


def _as_dict(counts: Iterable[FacetCount]) -> dict[str, int]:
    return {each.value: each.count for each in counts}


def _counted(name: str, counts: Iterable[FacetCount]) -> tuple[Counted, ...]:
    label = facets.labeller(facets.BY_NAME[name])
    found = [
        Counted(label(each.value), each.count, f"?{urlencode({name: each.value})}")
        for each in counts
        if each.count and label(each.value)
    ]
    return tuple(sorted(found, key=lambda each: (-each.count, each.label)))
