"""What stands around every page: the menu, the footer's links, the way back up, the other languages.

All of it comes from the page tree, in three queries on a page and four elsewhere, however large the
tree. The answer is kept on the request: header, footer and breadcrumbs share it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.privacy import restricted_paths

CACHE_ATTRIBUTE = "_portal_frame"
HOME_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Link:
    """One entry. `current` is "page" on the page itself, "true" on pages below it, else empty."""

    title: str
    url: str
    current: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """`menu`: the front page's children marked "show in menus"; `footer`: its other live children.

    `crumbs`: the way down to the page. `alternates`: the page in each language it is live in, itself
    first; empty where no page is shown. `addresses`: model name (`newsindexpage`) → address of the front
    page's child of that type. `restricted`: the tree paths behind a view restriction.
    """

    home_url: str = "/"
    menu: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    crumbs: tuple[Link, ...] = ()
    alternates: tuple[Link, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    restricted: tuple[str, ...] = ()

    def readable(self, pages: QuerySet) -> QuerySet:
        """Those of `pages` that are live and behind no restriction; no further query."""
        found = pages.filter(live=True)
        for path in self.restricted:
            found = found.exclude(path__startswith=path)
        return found


def frame(request: HttpRequest, page: Page | None = None) -> Frame:
    """The frame of the page shown, or of a view without a page."""
    cached = getattr(request, CACHE_ATTRIBUTE, None)
    if cached is None:
        cached = _build(request, page if page is not None and page.path else None)
        setattr(request, CACHE_ATTRIBUTE, cached)
    return cached


def child_links(page: Page, request: HttpRequest) -> tuple[Link, ...]:
    """The live, public pages right below `page`. Two queries, none on a page without children."""
    if not page.numchild:
        return ()
    return tuple(_link(child, request) for child in page.get_children().live().public())


def home_path(request: HttpRequest) -> str:
    """The tree path of the front page in the request's language; of the site's own where there is no such
    translation; empty while the portal has no site."""
    site = Site.find_for_request(request)
    if site is None:
        return ""
    key = site.root_page.translation_key
    translated = Page.objects.filter(
        translation_key=key, locale__language_code=get_language() or "id", live=True
    )
    return translated.values_list("path", flat=True).first() or site.root_page.path


def _build(request: HttpRequest, page: Page | None) -> Frame:
    length = Page.steplen
    home = page.path[: HOME_DEPTH * length] if page else home_path(request)
    if not home:
        return Frame()
    above = [page.path[: depth * length] for depth in range(HOME_DEPTH, page.depth)] if page else []
    found = list(
        Page.objects.filter(
            Q(path__in=[home, *above]) | Q(path__startswith=home, depth=HOME_DEPTH + 1), live=True
        ).order_by("path")
    )
    restricted = restricted_paths()
    shown = [each for each in found if each.depth == HOME_DEPTH + 1 and not each.path.startswith(restricted)]
    return Frame(
        home_url=next((_url(each, request) for each in found if each.path == home), "/"),
        menu=tuple(_link(each, request, page) for each in shown if each.show_in_menus),
        footer=tuple(_link(each, request, page) for each in shown if not each.show_in_menus),
        crumbs=tuple(_link(each, request) for each in found if each.path in above),
        alternates=_alternates(page, request, restricted) if page and page.pk else (),
        addresses={each.cached_content_type.model: _url(each, request) for each in reversed(shown)},
        restricted=restricted,
    )


def _alternates(page: Page, request: HttpRequest, restricted: Sequence[str]) -> tuple[Link, ...]:
    others = (
        Page.objects.filter(
            translation_key=page.translation_key,
            live=True,
            locale__language_code__in=settings.LANGUAGES_OFFERED,
        )
        .exclude(pk=page.pk)
        .select_related("locale")
    )
    links = (
        Link(other.title, other.get_full_url(request) or "", "", other.locale.language_code)
        for other in others
        if not other.path.startswith(tuple(restricted))
    )
    return (Link(page.title, page.get_full_url(request) or "", "page", get_language() or "id"), *links)


def _link(target: Page, request: HttpRequest, page: Page | None = None) -> Link:
    current = ""
    if page is not None and page.path.startswith(target.path):
        current = "page" if page.path == target.path else "true"
    return Link(target.title, _url(target, request), current)


def _url(page: Page, request: HttpRequest) -> str:
    return page.get_url(request) or "/"
