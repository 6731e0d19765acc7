from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from cms.models import BasePage
from institutions.models import SectionPage
from institutions.roles import SectionKind


class DirectoryIndexPage(BasePage):
    """The directory: search and filters over all innovations. Its address is the finder."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["directory.DirectorySectionPage"]
    max_count_per_parent = 1
    template = "directory/directory_index_page.html"

    class Meta:
        verbose_name = _("direktori inovasi")
        verbose_name_plural = _("direktori inovasi")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The finder; a registry number searched for leads to its record."""
        from directory.finder.numbers import address_of

        if address := address_of(request.GET.get("q", "")):
            return HttpResponseRedirect(address)
        from directory.views import count_search

        response = super().serve(request, *args, **kwargs)
        count_search(request, response.context_data["finder"])
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from directory.views import finder_context

        return {**super().get_context(request, *args, **kwargs), **finder_context(request)}


class DirectorySectionPage(SectionPage):
    """One institution's innovations; without an institution, those whose owner is not recognised yet."""

    section_kind = SectionKind.DIRECTORY
    parent_page_types = ["directory.DirectoryIndexPage"]
    subpage_types = ["directory.InnovationPage"]
    template = "directory/directory_section_page.html"

    class Meta:
        verbose_name = _("bagian direktori")
        verbose_name_plural = _("bagian direktori")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from directory.views import section_context

        return {**super().get_context(request, *args, **kwargs), **section_context(self, request)}
