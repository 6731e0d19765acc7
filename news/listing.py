"""A list of news as one address asks for it: filtered by tag and institution, page by page."""

from dataclasses import dataclass

from django.core.paginator import Page as PaginatorPage
from django.http import HttpRequest, QueryDict
from taggit.models import Tag
from wagtail.models import Page

from cms.pagination import page_of
from institutions.models import Institution
from news.querysets import NewsQuerySet, institutions_of, tags_of

PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice: what it is called and the address that makes it, or undoes it where `on`."""

    label: str
    url: str
    on: bool


@dataclass(frozen=True, slots=True)
class Listing:
    page: PaginatorPage
    tags: tuple[Filter, ...]
    institutions: tuple[Filter, ...]

    @property
    def is_filtered(self) -> bool:
        return any(choice.on for choice in (*self.tags, *self.institutions))


def listing(below: Page, news: NewsQuerySet, request: HttpRequest, by_institution: bool = True) -> Listing:
    """The news below `below` for the request's `tag`, `institution` and `page`.

    Unknown tags and institutions match nothing. Raises Http404 for a page that does not exist.
    """
    everything = news.public_below(below)
    found = everything
    tag, institution = request.GET.get("tag", ""), request.GET.get("institution", "")
    if tag:
        found = found.filter(tags__slug=_plain(tag))
    if institution and by_institution:
        found = found.filter(institution__code=_plain(institution))
    tags: list[Tag] = list(tags_of(everything))
    owners: list[Institution] = list(institutions_of(everything)) if by_institution else []
    return Listing(
        page=page_of(found, request.GET.get("page"), PER_PAGE),
        tags=tuple(_choice(request.GET, "tag", each.slug, each.name) for each in tags),
        institutions=tuple(
            _choice(request.GET, "institution", each.code, each.shown_name) for each in owners
        ),
    )


def _plain(value: str) -> str:
    # PostgreSQL refuses NUL bytes in any comparison.
    return value.replace("\0", "")[:100]


def _choice(query: QueryDict, name: str, value: str, label: str) -> Filter:
    changed = query.copy()
    changed.pop("page", None)
    on = query.get(name) == value
    if on:
        changed.pop(name, None)
    else:
        changed[name] = value
    return Filter(label, f"?{changed.urlencode()}", on)
