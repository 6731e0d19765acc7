"""Thin: what comes in is understood in `finder` and `profile`, what goes out is made in templates."""

from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.navigation import lend_frame
from cms.pagination import page_of
from directory.cards import cards_of
from directory.finder.address import parse
from directory.finder.page import Finder
from directory.finder.place import PLACE
from directory.merging.addresses import number_now
from directory.models import DirectoryIndexPage, DirectorySectionPage, InnovationPage
from directory.profile.data import complete
from directory.profile.view import Profile
from search import insight

# Larger than any registry number, smaller than what a database takes.
LARGEST_NUMBER = 2**62


def permanent_address(request: HttpRequest, number: int) -> HttpResponse:
    """`/id/inovasi/123/`, which never changes, leads to the readable address in the reader's language.

    Where there is no translation the record is shown here, in the frame of the reader's language. The number
    of a record that became part of another leads to that one. Raises Http404 for what is not published.
    """
    pages = InnovationPage.objects.live().public().filter(registry_number=min(number, LARGEST_NUMBER))
    versions = list(pages.select_related("locale").order_by("pk"))
    if not versions and (now := number_now(min(number, LARGEST_NUMBER))):
        return HttpResponsePermanentRedirect(reverse("directory:permanent-address", args=[now]))
    if not versions:
        raise Http404(_("Tidak ada inovasi bernomor %(number)s.") % {"number": str(number)[:20]})
    own = next((page for page in versions if page.locale.language_code == get_language()), None)
    if own is None:
        source = complete(versions[0])
        lend_frame(request, source, DirectoryIndexPage._meta.model_name or "")
        return source.serve(request)
    # Temporary: a title may change.
    return HttpResponseRedirect(own.get_url(request))


def finder_context(request: HttpRequest) -> dict[str, Any]:
    """What the directory's page shows for this address. Raises Http404 for a page that cannot be."""
    return {"finder": Finder(parse(request.GET))}


def count_search(request: HttpRequest, finder: Finder) -> None:
    """Count the search this page answers, if it is a reader's; see `search.insight`."""
    asked = finder.request
    filters = {**asked.filters, **({"stopped": ("1",)} if asked.with_stopped else {})}
    insight.record(request, PLACE.code, asked.text, filters, asked.page, finder.results)


def profile_context(page: InnovationPage, request: HttpRequest) -> dict[str, Any]:
    return {"profile": Profile(page, request)}


def section_context(page: DirectorySectionPage, request: HttpRequest) -> dict[str, Any]:
    """One institution's innovations, by title; in every language those of the section in the first language.

    Raises Http404 for a page that cannot be.
    """
    first = page.get_translations(inclusive=True).order_by("pk")[:1].get()
    innovations = InnovationPage.objects.child_of(first).live().public().order_by("title", "pk")
    keys = innovations.values_list("translation_key", flat=True)
    page_obj = page_of(keys, request.GET.get("page"))
    return {"page_obj": page_obj, "cards": cards_of(page_obj.object_list)}
