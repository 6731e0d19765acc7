"""Middleware of our own."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

View = Callable[..., HttpResponseBase]


class AtomicAdminPosts:
    """Makes every change made in the admin one transaction.

    Wagtail's edit view publishes outside a transaction and signals after saving; the search document
    is written by that signal. Without this, a crash between the two would leave a published page that
    nobody can find.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if request.method != "POST" or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            # A page's template is rendered here too: what fails there must not leave half a change.
            if hasattr(response, "render") and callable(response.render):
                response.render()
        return response
