"""The validators' queue, and the page on which one record is judged."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.utils.decorators import xframe_options_sameorigin_override

from directory.derived.evidence import evidence_rows
from directory.validating import queue
from directory.validating.forms import ReassignForm, ReviewForm
from directory.validating.settling import APPROVE, reassign, settle
from directory.validating.validators import validates, validators_of
from institutions.models import Review

if TYPE_CHECKING:
    from accounts.models import User

PAGE_SIZE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits for this validator; `?saya=1`: what was handed to him."""
    if not validates(request.user):
        raise PermissionDenied
    reviews = queue.reviews_for(_person(request))
    mine = bool(request.GET.get("saya"))
    shown = reviews.filter(assigned_to=request.user) if mine else reviews
    page_obj = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("p"))
    trail = [{"url": "", "label": _("Validasi")}]
    return render(
        request,
        "directory/validating/index.html",
        {"header_title": _("Validasi"), "header_icon": "clipboard-list", "breadcrumbs_items": trail,
         "rows": queue.rows(list(page_obj)), "page_obj": page_obj, "mine": mine,
         "load": queue.load(_person(request))},
    )  # fmt: skip


def review(request: HttpRequest, review_id: int) -> HttpResponse:
    """One record: as readers would see it, its evidence, a field for each part, and the decision."""
    found = _review(request, review_id)
    page = found.revision.as_object()
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        settle(
            found,
            _person(request),
            said["action"],
            said["comment"],
            form.remarks,
            request.POST.getlist("verified"),
        )
        done = _("“%s” disetujui.") if said["action"] == APPROVE else _("“%s” dikembalikan untuk diperbaiki.")
        messages.success(request, done % page.title)
        return redirect("validating:index")
    if form.errors:
        # The fields marked stand far below the preview, out of sight.
        messages.error(request, _("Keputusan belum terkirim: perbaiki isian yang ditandai di bawah."))
    trail = [{"url": reverse("validating:index"), "label": _("Validasi")}, {"url": "", "label": page.title}]
    return render(
        request,
        "directory/validating/review.html",
        {"header_title": page.title, "header_icon": "clipboard-list", "breadcrumbs_items": trail,
         "review": found, "page": page, "form": form, "evidence": evidence_rows(page),
         "ticked": request.POST.getlist("verified"), "waiting": queue.rows([found])[0],
         "earlier": _earlier(found), "reassigning": ReassignForm(validators_of(page))},
        status=400 if form.errors else 200,
    )  # fmt: skip


@require_safe
@xframe_options_sameorigin_override
def preview(request: HttpRequest, review_id: int) -> HttpResponse:
    """The record as it would stand in the directory."""
    page = _review(request, review_id).revision.as_object()
    # Beside the form without Wagtail's own bar, as in its editor.
    inside = {"in_preview_panel": request.GET.get("in_preview_panel") == "true"}
    return page.make_preview_request(request, page.default_preview_mode, inside)


@require_POST
def hand_on(request: HttpRequest, review_id: int) -> HttpResponse:
    """To another of the record's validators."""
    found = _review(request, review_id)
    form = ReassignForm(validators_of(found.revision.as_object()), request.POST)
    if form.is_valid():
        to = form.cleaned_data["to"]
        reassign(found, to, _person(request))
        messages.success(request, _("Diserahkan kepada %s.") % to)
    else:
        messages.error(request, _("Pilih validator yang akan menerimanya."))
    return redirect("validating:review", review_id)


def _person(request: HttpRequest) -> "User":
    # Nobody else gets into the admin.
    return cast("User", request.user)


def _review(request: HttpRequest, review_id: int) -> Review:
    if not validates(request.user):
        raise PermissionDenied
    reviews = queue.reviews_for(_person(request)).select_related("revision")
    return get_object_or_404(reviews, pk=review_id)


def _earlier(review: Review) -> list[Review]:
    """What was said of this record when it was returned before, the latest first."""
    before = Review.objects.filter(workflow_state=review.workflow_state, status=Review.STATUS_REJECTED)
    return list(before.select_related("finished_by").order_by("-finished_at"))
