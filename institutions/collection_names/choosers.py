"""The choosers of images and documents, which read a handful of collections instead of all."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.documents.views import chooser as documents
from wagtail.images.views import chooser as images
from wagtail.models import Collection

from institutions.collection_names import MANY
from institutions.collection_names.forms import FilterForm


def install() -> None:
    """Called once, from the app's `ready`: Wagtail registers its two choosers ready made."""
    images.viewset.choose_view_class = ImageChooseView
    images.viewset.choose_results_view_class = ImageChooseResultsView
    documents.viewset.choose_view_class = DocumentChooseView
    documents.viewset.choose_results_view_class = DocumentChooseResultsView


class _Named:
    """Mixin for a chooser's view."""

    filter_form_class = FilterForm
    permission_policy: Any
    request: Any

    @cached_property
    def collections(self) -> list[Collection] | None:
        """Of those the person may choose from, enough to tell whether they are many; None for one alone."""
        allowed = self.permission_policy.collections_user_has_permission_for(self.request.user, "choose")
        some = list(allowed[: MANY + 1])
        return some if len(some) > 1 else None


class ImageChooseView(_Named, images.ImageChooseView):
    pass


class ImageChooseResultsView(_Named, images.ImageChooseResultsView):
    pass


class DocumentChooseView(_Named, documents.DocumentChooseView):
    pass


class DocumentChooseResultsView(_Named, documents.DocumentChooseResultsView):
    pass
