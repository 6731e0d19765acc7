"""Old addresses of a record that became part of another: they lead on for good."""

from wagtail.contrib.redirects.signal_handlers import create_redirects
from wagtail.models import Site

from directory.models import InnovationPage, Merge


def address_of(page: InnovationPage) -> str:
    """The path readers know, "" where the page never was to be read."""
    parts = page.get_url_parts() if page.live or page.first_published_at else None
    return (parts and parts[2]) or ""


def redirect_to(kept: InnovationPage, other: InnovationPage) -> None:
    """The readable address of `other` leads to `kept`, as if the page had moved there."""
    if address_of(other):
        own = {root.site_id for root in other._get_relevant_site_root_paths()}
        create_redirects(page=kept, page_old=other, sites=Site.objects.filter(pk__in=own))


def number_now(number: int) -> int | None:
    """The registry number of the record this one became part of, None if it never did."""
    found = Merge.objects.filter(number=number).values_list("page__registry_number", flat=True)
    return found.first()
