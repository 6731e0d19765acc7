"""An address of the admin with the number of a page the person has no rights on leads nowhere.

Many of Wagtail's views take any page's number and tell its title before they ask for a right: the explorer,
the last step of moving, messages that something cannot be done. All of them are behind this one but two that
ask themselves: the page chooser, which shows what others published (`choosers`), and the beginning of a
translation, by who has rights on the page's section in another language only (`institutions.translating`).
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from institutions.roles import ADMIN_ACCESS
from institutions.scoping.pages import are_own

ASK_THEMSELVES = ("choose-page/", "localize/submit/page/")
# Parameters that are numbers of pages, in every address of the admin.
NUMBERS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")


class OwnPagesOnly:
    """Middleware, after the one that knows the person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        match, admin = request.resolver_match, reverse("wagtailadmin_home")
        if match is None or not request.path.startswith(admin):
            return
        if request.path.removeprefix(admin).startswith(ASK_THEMSELVES):
            return
        numbers = {int(kwargs[name]) for name in NUMBERS if name in kwargs}
        if "pk" in kwargs and match.namespace == "wagtailadmin_pages":
            numbers.add(int(kwargs["pk"]))
        # Who may not enter the admin is refused by it, whatever the number.
        if numbers and request.user.has_perm(ADMIN_ACCESS) and not are_own(request.user, numbers):
            raise Http404
