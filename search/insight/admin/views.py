from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from search.insight import calls, figures, files
from search.insight.admin.forms import PeriodForm, period_asked
from search.insight.admin.rights import for_owners

# So many days a bar of the chart stands for.
DAYS_A_BAR = {7: 1, 30: 1, 90: 7, 365: 7}
CHART_HEIGHT = 80


def show(
    request: HttpRequest, template: str, title: str, *trail: tuple[str, str], **context: Any
) -> HttpResponse:
    """A page of the insight; `trail`: address and words of the pages between its first page and this one."""
    crumbs = [(reverse("insight:index"), _("Wawasan pencarian")), *trail, ("", title)]
    items = [{"url": url, "label": words} for url, words in (crumbs if template != "index" else crumbs[-1:])]
    shown = {"header_title": title, "header_icon": "search", "breadcrumbs_items": items, **context}
    return render(request, f"search/insight/{template}.html", shown)


@for_owners
def index(request: HttpRequest) -> HttpResponse:
    """What readers looked for in a period, and what they looked for in vain."""
    period = period_asked(request.GET)
    days = figures.by_day(period)
    unmet = figures.unmet(period)
    taken = calls.by_topic(text.text for text in unmet)
    bars = figures.together(days, DAYS_A_BAR[period.days])
    highest = max(bar.searches for bar in bars)
    values = figures.filters(period)
    return show(
        request,
        "index",
        _("Wawasan pencarian"),
        form=PeriodForm(initial={"hari": period.days, "tempat": period.place}),
        period=period,
        total=figures.total(days),
        bars=[(bar, _height(bar.searches, highest), _height(bar.unmatched, highest)) for bar in bars],
        a_bar=DAYS_A_BAR[period.days],
        highest=highest,
        frequent=figures.frequent(period),
        unmet=[(text, taken.get(text.text)) for text in unmet],
        filters=_groups(values),
        mine=calls.unfinished(request.user).count(),
        shown=figures.SHOWN,
        values_shown=figures.VALUES_SHOWN,
    )


@for_owners
def file(request: HttpRequest, table: str) -> HttpResponse:
    """One of the tables as CSV."""
    if table not in files.TABLES:
        raise Http404
    return files.as_csv(table, period_asked(request.GET))


def _height(number: int, highest: int) -> int:
    return -(-number * CHART_HEIGHT // highest) if highest else 0


def _groups(values: list[figures.FilterValue]) -> list[tuple[str, str, list[figures.FilterValue]]]:
    groups: dict[tuple[str, str], list[figures.FilterValue]] = {}
    for value in values:
        groups.setdefault((str(value.place), value.facet), []).append(value)
    return [(*head, found[: figures.VALUES_SHOWN]) for head, found in groups.items()]
