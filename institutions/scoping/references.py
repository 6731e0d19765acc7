"""What a page leads to: only images, documents and pages that the person who writes it may know.

A form takes any number. Another institution's draft would be named by it, an unpublished image drawn, and a
document become everybody's because a published page leads to it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from cms.newer import NewerVersionForm
from institutions.refusals import NotYoursError
from institutions.scoping import SEEING
from institutions.scoping.pages import known_to

NOT_YOURS = gettext_lazy("Tidak dapat dipakai, karena bukan milik instansi Anda: %s.")
GONE = gettext_lazy("Sudah tidak ada: %s. Pilih yang lain, atau hapus tautannya.")

# A model's content type and a key, as text.
Reference = tuple[int, str]


def of(objects: Iterable[models.Model]) -> set[Reference]:
    """All that these objects lead to, as they stand in memory: relations, rich text, blocks."""
    return {
        (content_type, key)
        for one in objects
        for content_type, key, *_where in ReferenceIndex._extract_references_from_object(one)
    }


def unknown_to(user: Any, found: set[Reference]) -> set[Reference]:
    """Of these the images, documents and pages that the person may not know, and those that are gone."""
    unknown: set[Reference] = set()
    for model, _label in _kinds():
        mine = _of_kind(model, found)
        if not mine:
            continue
        if model is Page:
            known = known_to(user, model._default_manager.all())
        else:
            known = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, SEEING)
        unknown |= mine - _among(known, mine)
    return unknown


def gone(found: set[Reference]) -> set[Reference]:
    """Of these images, documents and pages those that are not there."""
    there = (_among(model._default_manager.all(), _of_kind(model, found)) for model, _label in _kinds())
    return found.difference(*there)


def in_words(found: set[Reference]) -> str:
    return ", ".join(
        f"{label} {key}" for model, label in _kinds() for _, key in sorted(_of_kind(model, found))
    )


def _kinds() -> list[tuple[type[models.Model], str]]:
    return [(get_image_model(), _("gambar")), (get_document_model(), _("dokumen")), (Page, _("halaman"))]


def _of_kind(model: type[models.Model], found: set[Reference]) -> set[Reference]:
    number = ContentType.objects.get_for_model(model).pk
    return {reference for reference in found if reference[0] == number}


def _among(objects: Any, found: set[Reference]) -> set[Reference]:
    """Those of them that are among these objects. A text that no database takes as a number is nobody's."""
    numbers = [int(key) for _kind, key in found if key.isascii() and key.isdecimal() and len(key) < 19]
    there = set(objects.order_by().filter(pk__in=numbers).values_list("pk", flat=True)) if numbers else set()
    return {(kind, key) for kind, key in found if key.isdecimal() and len(key) < 19 and int(key) in there}


class KnownReferencesForm(NewerVersionForm):
    """A page's form that takes no new references to what the person may not know, nor to what is gone."""

    def is_valid(self) -> bool:
        """Raises `NotYoursError` whatever else is wrong: the form shown again would name others' things."""
        unknown = self._unknown() if self.for_user is not None else set()
        missing = gone(unknown)
        if unknown - missing:
            raise NotYoursError(NOT_YOURS % in_words(unknown - missing))
        valid: bool = super().is_valid()
        if missing:
            message = GONE % in_words(missing)
            if message not in self.non_field_errors():
                self.add_error(None, message)
        return valid and not missing

    def _unknown(self) -> set[Reference]:
        typed = set(_sent(self))
        unknown = unknown_to(self.for_user, typed)
        if unknown and self.instance.pk:
            # Somebody with more rights has put it in; or it was there when it was chosen.
            stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
            unknown -= of([stored, stored.get_latest_revision_as_object()])
        return unknown


def _sent(form: Any) -> Iterator[Reference]:
    """The references in what a form and the forms of its rows were sent, valid or not."""
    for name in form.fields:
        try:
            field = form._meta.model._meta.get_field(name)
            value = form[name].data
            if value in (None, ""):
                continue
            if hasattr(field, "extract_references"):
                for model, key, *_where in field.extract_references(value):
                    yield _reference(model, key)
            elif field.many_to_one:
                yield _reference(field.related_model, value)
        except (FieldDoesNotExist, ValidationError, ValueError, TypeError, KeyError):
            # No field of the page; or text that can be no value, which the form itself refuses.
            continue
    for rows in getattr(form, "formsets", {}).values():
        for row in rows.forms:
            yield from _sent(row)


def _reference(model: type[models.Model], key: Any) -> Reference:
    base = Page if issubclass(model, Page) else model
    return ContentType.objects.get_for_model(base).pk, str(key)
