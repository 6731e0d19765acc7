"""The page chooser shows what a person may learn of, and opens no other branch of the tree."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views import chooser
from wagtail.models import Page, PageQuerySet

from institutions.scoping.pages import known_to


def known_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """For the hook `construct_page_chooser_queryset`."""
    return known_to(request.user, pages)


class BrowseView(chooser.BrowseView):
    """Wagtail's, which lets anybody look below any page."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        if parent_page_id and not known_to(request.user, Page.objects.filter(pk=parent_page_id)).exists():
            raise Http404
        return super().get(request, parent_page_id)


class ChosenMultipleView(chooser.ChosenMultipleView):
    """Wagtail's, which tells title and address of any page whose number is asked."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = [value for value in request.GET.getlist("id") if value.isascii() and value.isdecimal()]
        asked = [value for value in asked if len(value) < 19]
        known = known_to(request.user, Page.objects.filter(pk__in=asked)).values_list("pk", flat=True)
        parameters: Any = request.GET.copy()
        parameters.setlist("id", [str(pk) for pk in known])
        request.GET = parameters
        return super().get(request)
