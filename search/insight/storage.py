"""The counts in the database: added up atomically, and dropped when their time is over."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, Sum
from django.utils import timezone

from search.insight.buffer import Count, Counts, TextKey
from search.models import SearchedFilter, SearchedText

CHUNK = 400
# A text searched for less often is dropped after the first number of days, everything after the second.
RARE = 3
RARE_DAYS = 90
DAYS = 730
# A day on which so many different texts are kept takes no new ones: somebody is making them up.
MOST_A_DAY = 20_000


def write(counts: Counts) -> None:
    """Add the counts to those of the same day, in one transaction; rows in a fixed order, so that two
    processes never wait for each other in a ring."""
    texts = [
        (day.isoformat(), text, place, one.searches, one.unmatched, one.near_only, one.suggested, one.results)
        for (day, text, place), one in sorted(_kept(counts.texts).items(), key=lambda item: item[0])
    ]
    values = [
        (day.isoformat(), place, facet, value, uses)
        for (day, place, facet, value), uses in sorted(counts.values.items())
    ]
    with transaction.atomic():
        _add(
            SearchedText,
            ("day", "text", "place"),
            ("searches", "unmatched", "near_only", "suggested"),
            ("results",),
            texts,
        )
        _add(SearchedFilter, ("day", "place", "facet", "value"), ("uses",), (), values)


def _kept(texts: Mapping[TextKey, Count]) -> dict[TextKey, Count]:
    """The counts, those of new texts of a full day under the empty text."""
    rows = SearchedText.objects.order_by()
    full = {day for day in {day for day, *_ in texts} if rows.filter(day=day).count() >= MOST_A_DAY}
    asked = sorted({text for day, text, _place in texts if day in full})
    known: set[TextKey] = set()
    for start in range(0, len(asked), CHUNK):
        there = rows.filter(day__in=full, text__in=asked[start : start + CHUNK])
        known.update(there.values_list("day", "text", "place"))
    kept: dict[TextKey, Count] = {}
    for (day, text, place), count in texts.items():
        key = (day, "" if day in full and (day, text, place) not in known else text, place)
        kept.setdefault(key, Count()).add(count)
    return kept


def drop_old(today: datetime.date | None = None) -> None:
    """Drop what is two years old, and of texts searched for once or twice in all what is three months old.

    Such a text may be somebody's name. A periodic job.
    """
    today = today or timezone.localdate()
    oldest = today - datetime.timedelta(days=DAYS)
    for model in (SearchedText, SearchedFilter):
        model._default_manager.filter(day__lt=oldest).delete()
    old = SearchedText.objects.filter(day__lt=today - datetime.timedelta(days=RARE_DAYS)).exclude(text="")
    sums = SearchedText.objects.filter(text__in=old.values("text")).values("text")
    rare = list(
        sums.annotate(total=Sum("searches")).filter(total__lt=RARE).order_by().values_list("text", flat=True)
    )
    # Found first and deleted in parts: other writers need not wait for the search.
    for start in range(0, len(rare), CHUNK):
        old.filter(text__in=rare[start : start + CHUNK]).delete()


def _add(
    model: type[Model],
    key: Sequence[str],
    added: Sequence[str],
    replaced: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """`added` columns are summed up, `replaced` ones take the new value where there is one."""
    table = model._meta.db_table
    columns = [*key, *added, *replaced]
    changes = [f"{name} = {table}.{name} + excluded.{name}" for name in added]
    changes += [f"{name} = COALESCE(excluded.{name}, {table}.{name})" for name in replaced]
    row = f"({', '.join(['%s'] * len(columns))})"
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * len(chunk))} "  # noqa: S608
                f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {', '.join(changes)}",
                [value for values in chunk for value in values],
            )
