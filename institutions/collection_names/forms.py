"""The forms of images and documents, and the filter of their choosers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.forms.collections import BaseCollectionMemberForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.models import Collection

from institutions.collection_names import MANY, name_input


class CollectionNameField(forms.ModelChoiceField):
    """A collection by its name, by part of it that no other has, or by its number, as programs send it."""

    widget = forms.TextInput

    def __init__(self, collections: Any, **kwargs: Any) -> None:
        super().__init__(collections, widget=name_input(), **kwargs)
        # The form has read them; the field's own copy would read them again.
        self._collections = list(collections)

    def prepare_value(self, value: Any) -> Any:
        known = {str(collection.pk): collection.name for collection in self._collections}
        return known.get(str(getattr(value, "pk", value)), value)

    def to_python(self, value: Any) -> Collection | None:
        typed = _folded(value or "")
        if not typed:
            return None
        found = [one for one in self._collections if typed in (_folded(one.name), str(one.pk))]
        found = found or [one for one in self._collections if typed in _folded(one.name)]
        if not found:
            raise ValidationError(
                _("Tidak ada koleksi bernama “%(name)s”. Ketik sebagian namanya, lalu pilih dari daftar."),
                "unknown",
                {"name": value},
            )
        if len(found) > 1:
            raise ValidationError(
                _("%(count)d koleksi cocok dengan “%(name)s”. Tulis namanya lengkap atau pilih dari daftar."),
                "ambiguous",
                {"name": value, "count": len(found)},
            )
        return found[0]


def _folded(name: Any) -> str:
    return " ".join(str(name).split()).casefold()


class _Named(BaseCollectionMemberForm):
    """Asks for the collection's name where the person may add to many."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "collection" in self.fields and len(self.collections) > MANY:
            label = self.fields["collection"].label
            self.fields["collection"] = CollectionNameField(
                self.collections, label=label, help_text=_("Ketik sebagian namanya, lalu pilih dari daftar.")
            )


class ImageForm(_Named, BaseImageForm):
    """For `WAGTAILIMAGES_IMAGE_FORM_BASE`."""

    class Meta(BaseImageForm.Meta):
        pass


class DocumentForm(_Named, BaseDocumentForm):
    """For `WAGTAILDOCS_DOCUMENT_FORM_BASE`."""

    class Meta(BaseDocumentForm.Meta):
        pass


class FilterForm(SearchFilterMixin, BaseFilterForm):
    """A chooser's filter: a list of few collections, of many part of the name.

    `collections`: those the person may choose from, at most one more than `MANY` of them; None where there is
    no choice.
    """

    def __init__(self, *args: Any, collections: Sequence[Collection] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not collections:
            return
        at_once: Any = {"data-chooser-modal-search-filter": True}
        if len(collections) > MANY:
            self.fields["collection_name"] = forms.CharField(
                label=_("Koleksi"),
                required=False,
                max_length=200,
                widget=name_input(placeholder=_("Sebagian namanya"), **at_once),
            )
        else:
            top = min(collection.depth for collection in collections)
            choices = [(one.pk, one.get_indented_name(top, html=True)) for one in collections]
            self.fields["collection_id"] = forms.ChoiceField(
                label=_("Koleksi"),
                choices=[("", _("Semua koleksi")), *choices],
                required=False,
                widget=forms.Select(attrs=at_once),
            )

    def filter(self, objects: Any) -> Any:
        """The images or documents, narrowed: before the search, whose results take no filter."""
        if number := self.cleaned_data.get("collection_id"):
            objects = objects.filter(collection=number)
        if name := self.cleaned_data.get("collection_name"):
            # As numbers: the index of files knows no names of collections.
            named = Collection.objects.filter(name__icontains=name).values_list("pk", flat=True)
            objects = objects.filter(collection__in=list(named))
        self.is_filtering_by_collection = bool(number or self.cleaned_data.get("collection_name"))
        return super().filter(objects)
