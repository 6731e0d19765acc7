"""Pages that are about to be saved.

Saving writes all of a page, also its place in the tree. Read before somebody moved it and saved after that,
it would stand in two places: who saves one holds it first, and then reads it.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

# Parameters of the admin's addresses that are numbers of pages.
NUMBERS = ("page_id", "page_to_move_id")


def hold(numbers: Iterable[int]) -> None:
    """Wait for who moves or saves these pages, and have others wait until the transaction ends."""
    for number in sorted(set(numbers)):
        Page.objects.select_for_update(no_key=True).filter(pk=number).order_by().values_list("pk").first()


def pages_of(request: HttpRequest, kwargs: dict[str, Any]) -> list[int]:
    """Numbers of the pages a form is sent to: one by one, many at once, or by the admin's API."""
    numbers = [kwargs[name] for name in NUMBERS if name in kwargs]
    match = request.resolver_match
    if "pk" in kwargs and match is not None and match.namespace == "wagtailadmin_api:pages":
        numbers.append(kwargs["pk"])
    if (kwargs.get("app_label"), kwargs.get("model_name")) == ("wagtailcore", "page"):
        numbers += request.GET.getlist("id")
    # No database holds a longer one.
    texts = [text for text in map(str, numbers) if len(text) < 19]
    return [int(text) for text in texts if text.isascii() and text.isdecimal()]
