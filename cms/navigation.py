"""What stands around every page: the menu, the footer's links, the way back up, the other languages.

All of it comes from the page tree, in three queries on a page and four elsewhere, however large the
tree. The answer is kept on the request: header, footer and breadcrumbs share it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site
from wagtail.views import serve

from cms.models import BasePage
from cms.privacy import restricted_paths

CACHE_ATTRIBUTE = "_portal_frame"
HOME_DEPTH = 2
MILLISECOND = timedelta(milliseconds=1)


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
    first; empty where no page is shown. `switch`: for each other language that has a front page, where its
    readers find the same, or are told that there is no such. `outdated`: of a translation whose source was
    published since, of which day's text it is. `addresses`: model name (`newsindexpage`) →
    address of the front page's child of that type. `restricted`: the tree paths behind a view restriction.
    """

    home_url: str = "/"
    menu: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    crumbs: tuple[Link, ...] = ()
    alternates: tuple[Link, ...] = ()
    switch: tuple[Link, ...] = ()
    outdated: datetime | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)
    restricted: tuple[str, ...] = ()

    def readable(self, pages: QuerySet) -> QuerySet:
        """Those of `pages` that are live and behind no restriction; no further query."""
        found = pages.filter(live=True)
        for path in self.restricted:
            found = found.exclude(path__startswith=path)
        return found


def frame(request: HttpRequest, page: BasePage | None = None) -> Frame:
    """The frame of the page shown, or of a view without a page."""
    cached = getattr(request, CACHE_ATTRIBUTE, None)
    if cached is None:
        cached = _around_page(request, page) if page is not None and page.path else _around_view(request)
        setattr(request, CACHE_ATTRIBUTE, cached)
    return cached


def lend_frame(request: HttpRequest, page: BasePage, index: str) -> None:
    """Puts the frame of the reader's language around a page that is not in it, for `frame` to find.

    `index`: model name of the front page's child that leads to such pages. The address that search machines
    keep is the page's own.
    """
    around = _around_view(request)
    own = Link(page.title, page.get_full_url(request) or "", "page", page.locale.language_code)
    above = [link for link in (*around.menu, *around.footer) if link.url == around.addresses.get(index)]
    crumbs = (Link(_("Beranda"), around.home_url), *above)
    switch = (replace(own, url=_url(page, request), current=""),)
    setattr(request, CACHE_ATTRIBUTE, replace(around, crumbs=crumbs, alternates=(own,), switch=switch))


def child_links(page: Page, request: HttpRequest) -> tuple[Link, ...]:
    """The live, public pages right below `page`. Two queries, none on a page without children."""
    if not page.numchild:
        return ()
    return tuple(_link(child, request) for child in page.get_children().live().public())


def home_paths(request: HttpRequest) -> dict[str, str]:
    """Language → tree path of its live front page, the site's own first; empty while there is no site."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    homes = Page.objects.filter(translation_key=site.root_page.translation_key)
    found = homes.filter(Q(live=True) | Q(pk=site.root_page_id)).values_list("locale__language_code", "path")
    return dict(sorted(found, key=lambda home: home[1] != site.root_page.path))


def home_path(request: HttpRequest) -> str:
    """The tree path of the front page in the request's language; of the site's own where there is no such
    translation; empty while the portal has no site."""
    return _own(home_paths(request))


def _own(homes: Mapping[str, str]) -> str:
    return homes.get(get_language() or "id") or next(iter(homes.values()), "")


def _around_page(request: HttpRequest, page: BasePage) -> Frame:
    length = Page.steplen
    home = page.path[: HOME_DEPTH * length]
    above = [page.path[: depth * length] for depth in range(HOME_DEPTH, page.depth)]
    around, found = _tree(request, home, above, page)
    if not page.pk:
        return around
    crumbs = tuple(_link(each, request) for each in found if each.path in above)
    front = next((each for each in found if each.path == home), None)
    keys = {page.translation_key, *([front.translation_key] if front else ())}
    others = Page.objects.filter(translation_key__in=keys, live=True).exclude(locale_id=page.locale_id)
    readable = [one for one in others.select_related("locale") if not one.path.startswith(around.restricted)]
    same = [one for one in readable if one.translation_key == page.translation_key]
    own = Link(page.title, page.get_full_url(request) or "", "page", get_language() or "id")
    return replace(
        around,
        crumbs=crumbs,
        alternates=(own, *(_in_its_language(one, one.get_full_url(request)) for one in same)),
        outdated=_outdated(page, same),
        switch=tuple(_switch(page, same, [one for one in readable if one.depth == HOME_DEPTH], request)),
    )


def _switch(page: BasePage, same: list[Page], homes: list[Page], request: HttpRequest) -> Iterator[Link]:
    """A link for each language that has a front page: to the page in it, or to what there is instead."""
    found = {one.locale_id: _in_its_language(one, _url(one, request)) for one in same}
    for home in homes:
        language = home.locale.language_code
        yield found.get(home.locale_id) or Link("", page.address_instead(language), "", language)


def _outdated(page: BasePage, same: list[Page]) -> datetime | None:
    sources = (one for one in same if one.locale.language_code == settings.LANGUAGE_CODE)
    published, made_from = next((one.last_published_at for one in sources), None), page.source_published_at
    # Copied by way of JSON, which keeps milliseconds.
    return made_from if published and made_from and published - made_from > MILLISECOND else None


def _in_its_language(page: Page, url: str | None) -> Link:
    return Link(page.title, url or "", "", page.locale.language_code)


def _around_view(request: HttpRequest) -> Frame:
    homes = home_paths(request)
    if not homes:
        return Frame()
    around, _found = _tree(request, _own(homes), [])
    match, here = request.resolver_match, get_language() or "id"
    # What was not found has no address in another language.
    there = request.get_full_path() if match and match.func is not serve else ""
    others = (code for code, _name in settings.LANGUAGES if code in homes and code != here)
    links = (Link("", translate_url(there, code) if there else f"/{code}/", "", code) for code in others)
    return replace(around, switch=tuple(links))


def _tree(
    request: HttpRequest, home: str, above: list[str], page: Page | None = None
) -> tuple[Frame, list[Page]]:
    """The part of a frame that the tree gives, and the pages read for it: the front page, those right below
    it, those at the paths `above`."""
    found = list(
        Page.objects.filter(
            Q(path__in=[home, *above]) | Q(path__startswith=home, depth=HOME_DEPTH + 1), live=True
        ).order_by("path")
    )
    restricted = restricted_paths()
    shown = [each for each in found if each.depth == HOME_DEPTH + 1 and not each.path.startswith(restricted)]
    around = Frame(
        home_url=next((_url(each, request) for each in found if each.path == home), "/"),
        menu=tuple(_link(each, request, page) for each in shown if each.show_in_menus),
        footer=tuple(_link(each, request, page) for each in shown if not each.show_in_menus),
        addresses={each.cached_content_type.model: _url(each, request) for each in reversed(shown)},
        restricted=restricted,
    )
    return around, found


def _link(target: Page, request: HttpRequest, page: Page | None = None) -> Link:
    current = ""
    if page is not None and page.path.startswith(target.path):
        current = "page" if page.path == target.path else "true"
    return Link(target.title, _url(target, request), current)


def _url(page: Page, request: HttpRequest) -> str:
    return page.get_url(request) or "/"
