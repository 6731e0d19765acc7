"""Keeps the history of a record: what was imported, checked or confirmed is withdrawn, never deleted."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail.models import Page

from directory.models import Confirmation, InnovationPage, SourceRecord, Validation, Verification

HISTORY = (SourceRecord, Validation, Confirmation, Verification)


def refuse(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """A redirect with the reason where a record at or below one of `pages` has a history, else None."""
    pages = list(pages)
    below = reduce(or_, (Q(path__startswith=page.path) for page in pages), Q(pk__in=[]))
    rows = reduce(or_, (Q(Exists(model.objects.filter(page=OuterRef("pk")))) for model in HISTORY))
    count = InnovationPage.objects.filter(below).filter(rows).count()
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


def refuse_in_bulk(request: HttpRequest, action: str, objects: Iterable[Any]) -> HttpResponse | None:
    """The same for many pages at once; other actions and other things pass."""
    if action != "delete":
        return None
    return refuse(request, [thing for thing in objects if isinstance(thing, Page)])
