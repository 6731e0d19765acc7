"""Keeps the history of a record: what was imported, checked or confirmed is withdrawn, never deleted.

`holds_history` refuses in the permissions of a page, whatever way the deletion takes; the rest says why.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.models import Page

from cms.models import BasePage
from directory.models import (
    Confirmation,
    InnovationPage,
    Merge,
    SourceRecord,
    Validation,
    Verification,
)

HISTORY = (SourceRecord, Validation, Confirmation, Verification, Merge)
# What `with_history` tells of a page and of those below it.
KNOWN = "_holds_history"
# The highest step of a path: no page below another comes after it.
LAST_STEP = "Z" * Page.steplen


def holds_history(page: Page) -> bool:
    """Whether this page, or one below it, is a record with a history."""
    if page.is_leaf() and not issubclass(page.specific_class or Page, InnovationPage):
        return False
    known: bool | None = getattr(page, KNOWN, None)
    return _records_to_keep([page]).exists() if known is None else known


def with_history(pages: QuerySet[Page]) -> QuerySet[Page]:
    """The pages the explorer lists, asked at once for what `holds_history` would ask of every row."""
    # As treebeard looks for what is below a page: by a range, for which the index on paths serves.
    at_or_below = Q(path__gte=OuterRef("path"), path__lte=Concat(OuterRef("path"), Value(LAST_STEP)))
    return pages.annotate(**{KNOWN: Exists(InnovationPage.objects.filter(at_or_below).filter(_has_rows()))})


def refuse(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """A redirect with the reason where a record at or below one of `pages` has a history, else None."""
    pages = list(pages)
    count = _records_to_keep(pages).count() if pages else 0
    if not count:
        return None
    message = ngettext(
        "Tidak dihapus: %(n)d profil punya riwayat (sumber, pemeriksaan, atau konfirmasi) yang harus tetap "
        "ada. Tarik dari terbitan saja; pembaca tidak melihatnya lagi.",
        "Tidak dihapus: %(n)d profil punya riwayat (sumber, pemeriksaan, atau konfirmasi) yang harus tetap "
        "ada. Tarik dari terbitan saja; pembaca tidak melihatnya lagi.",
        count,
    )
    messages.error(request, message % {"n": count})
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def refuse_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """The same for many pages at once; other actions and other things pass."""
    if action_type != "delete":
        return None
    # Wagtail has sorted out what may not be deleted, and would leave it without a word.
    kept = action.get_actionable_objects()[1]["items_with_no_access"]
    return refuse(request, [page for page in (*objects, *kept) if _could_delete(request, page)])


@require_admin_access
def delete(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Wagtail's view, which would say no more than that one may not."""
    page = get_object_or_404(Page, pk=page_id).specific
    refused = refuse(request, [page]) if _could_delete(request, page) else None
    return refused or DeleteView.as_view()(request, page_id=page_id)


def _could_delete(request: HttpRequest, thing: Any) -> bool:
    page = thing.specific if isinstance(thing, Page) else None
    return isinstance(page, BasePage) and page.permissions_for_user(request.user).could_delete()


def _records_to_keep(pages: Iterable[Page]) -> QuerySet[InnovationPage]:
    below = reduce(or_, (Q(path__startswith=page.path) for page in pages))
    return InnovationPage.objects.filter(below).filter(_has_rows())


def _has_rows() -> Q:
    return reduce(or_, (Q(Exists(model.objects.filter(page=OuterRef("pk")))) for model in HISTORY))
