"""What the counts of a period add up to. A fixed number of queries, whatever there is; sums are made by the
database, and only the largest are read."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import F, Max, Min, QuerySet, Sum, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from search.insight.places import StrOrPromise, places
from search.models import SearchedFilter, SearchedText

PERIODS = (7, 30, 90, 365)
SHOWN = 50
IN_FILE = 1000
VALUES_SHOWN = 10
# Of the places, the one that searches all.
EVERYWHERE = "site"
# A year of very many texts takes seconds to add up, and changes little in ten minutes.
KEPT_FROM_DAYS = 180
KEPT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Period:
    """The last `days` days up to today, in one place or ("") all."""

    days: int = 30
    place: str = ""

    @property
    def since(self) -> datetime.date:
        return timezone.localdate() - datetime.timedelta(days=self.days - 1)

    def texts(self) -> QuerySet[SearchedText]:
        rows = SearchedText.objects.filter(day__gte=self.since)
        return (rows.filter(place=self.place) if self.place else rows).order_by()

    def filters(self) -> QuerySet[SearchedFilter]:
        rows = SearchedFilter.objects.filter(day__gte=self.since)
        return (rows.filter(place=self.place) if self.place else rows).order_by()


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or the first of several."""

    day: datetime.date
    searches: int = 0
    unmatched: int = 0
    near_only: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A text and how often it was searched for, or, among the unmet, how often in vain (`near_only` of these
    with near misses). `results`: true matches when it was last searched without filters, None if it never
    was. `url`: the same search."""

    text: str
    count: int
    near_only: int
    results: int | None
    url: str


@dataclass(frozen=True, slots=True)
class FilterValue:
    place: StrOrPromise
    facet: str
    value: str
    uses: int


def by_day(period: Period) -> list[Day]:
    """Every day of the period, also those nobody searched on; one query."""
    sums = {
        row["day"]: Day(**row)
        for row in period.texts()
        .values("day")
        .annotate(searches=Sum("searches"), unmatched=Sum("unmatched"), near_only=Sum("near_only"))
    }
    days = (period.since + datetime.timedelta(days=number) for number in range(period.days))
    return [sums.get(day) or Day(day) for day in days]


def together(days: Sequence[Day], size: int) -> list[Day]:
    """Days in groups of `size`, the last group whole."""
    first = len(days) % size
    groups = ([days[:first]] if first else []) + [
        days[at : at + size] for at in range(first, len(days), size)
    ]
    return [total(group) for group in groups]


def total(days: Sequence[Day]) -> Day:
    sums = (sum(getattr(day, name) for day in days) for name in ("searches", "unmatched", "near_only"))
    return Day(days[0].day, *sums)


def frequent(period: Period, limit: int = SHOWN) -> list[Text]:
    """What was searched for most. Only texts of two different days: what one person asks stays unseen."""
    return _kept("frequent", period, limit, period.texts(), "searches")


def unmet(period: Period, limit: int = SHOWN) -> list[Text]:
    """What was searched for most in vain, without filters; on two different days, as above."""
    return _kept("unmet", period, limit, period.texts().filter(unmatched__gt=0), "unmatched")


def unmet_of(period: Period, texts: Iterable[str]) -> dict[str, Text]:
    """The figures of some texts, as far as `unmet` might show them."""
    rows = period.texts().filter(unmatched__gt=0, text__in=list(texts))
    return {text.text: text for text in _largest(rows, "unmatched", period, IN_FILE)}


def filters(period: Period) -> list[FilterValue]:
    """The values most used of each filter, the most used filter first; one query for the counts."""
    known = {place.code: place for place in places()}
    # Asked once a filter: behind it are tables.
    words: dict[tuple[str, str], tuple[str, Callable[[str], str]]] = {}
    rows = period.filters().values("place", "facet", "value").annotate(sum=Sum("uses"))
    groups: dict[tuple[str, str], list[FilterValue]] = {}
    for row in rows.order_by("-sum", "value"):
        place, key = known.get(row["place"]), (row["place"], row["facet"])
        if key not in words:
            words[key] = place.words(row["facet"]) if place else ("", lambda value: "")
        facet, called = words[key]
        # A code that is gone from its table is shown as it is.
        said = FilterValue(
            place.label if place else row["place"],
            facet or row["facet"],
            called(row["value"]) or row["value"],
            row["sum"],
        )
        groups.setdefault(key, []).append(said)
    ordered = sorted(groups.values(), key=lambda group: -sum(value.uses for value in group))
    return [value for group in ordered for value in group]


def _kept(name: str, period: Period, limit: int, rows: QuerySet[SearchedText], column: str) -> list[Text]:
    if period.days < KEPT_FROM_DAYS:
        return _largest(rows, column, period, limit)
    parts = (get_language(), name, timezone.localdate(), period.days, period.place, limit)
    key = f"search.insight.{'.'.join(map(str, parts))}"
    found: list[Text] | None = cache.get(key)
    if found is None:
        found = _largest(rows, column, period, limit)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _largest(rows: QuerySet[SearchedText], column: str, period: Period, limit: int) -> list[Text]:
    # Grouped by an expression, not the column: SQLite would walk all years in the order of the texts.
    groups = (
        rows.exclude(text="")
        .values(word=Concat("text", Value("")))
        .annotate(count=Sum(column), first=Min("day"), last=Max("day"))
        .annotate(place_a=Min("place"), place_z=Max("place"))
        # Only what an index holds is summed up.
        .annotate(near=Sum("near_only") if column == "unmatched" else Value(0))
        .filter(first__lt=F("last"))
        .order_by("-count", "word")[:limit]
    )
    found = list(groups)
    results = _last_results([row["word"] for row in found], period.place)
    addresses = {place.code: place.address() for place in places()}
    return [
        Text(
            row["word"],
            row["count"],
            row["near"],
            results.get(row["word"]),
            _url(addresses, {row["place_a"], row["place_z"]}, row["word"]),
        )
        for row in found
    ]


def _last_results(texts: Sequence[str], place: str) -> dict[str, int]:
    """What the newest search without filters found; two queries."""
    rows = SearchedText.objects.filter(text__in=texts, results__isnull=False).order_by()
    if place:
        rows = rows.filter(place=place)
    newest = dict(rows.values_list("text").annotate(Max("day")))
    last = rows.filter(day__in=set(newest.values())).values_list("text", "day", "results")
    return {text: results or 0 for text, day, results in last if newest[text] == day}


def _url(addresses: dict[str, str], places: set[str], text: str) -> str:
    """Where this text can be searched for: where readers did, in the whole portal if in several places."""
    place = places.pop() if len(places) == 1 else EVERYWHERE
    address = addresses.get(place, "")
    return f"{address}?{urlencode({'q': text})}" if address else ""
