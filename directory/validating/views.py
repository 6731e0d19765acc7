"""The validators' queue, and the page on which one record is judged."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.utils.decorators import xframe_options_sameorigin_override

from cms.refusals import RefusedError
from directory.derived.evidence import evidence_rows
from directory.models import InnovationPage, ValidationTask
from directory.validating import queue
from directory.validating.evidence import ticked_still
from directory.validating.forms import ReviewForm
from directory.validating.settling import settle
from directory.validating.validators import may_validate, validates, validators_of
from institutions.approval.forms import HandOnForm
from institutions.approval.unsent import unsent
from institutions.models import Review
from institutions.models.review import APPROVE, HAND_ON

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
    if not found.is_open:
        return _too_late(request, found)
    page = _page(found)
    sent = request.POST if request.method == "POST" else None
    form = ReviewForm(sent, initial={"shown": page.latest_revision_id})
    ticked = request.POST.getlist("verified")
    if form.is_valid():
        try:
            _settle(request, found, page, form.cleaned_data)
        except RefusedError as refused:
            page = _page(found)
            ticked = ticked_still(page, form.cleaned_data["shown"] or found.revision_id, ticked)
            form.ask_again(refused.messages, page.latest_revision_id)
            messages.error(request, " ".join(refused.messages))
        else:
            return redirect("validating:index")
    elif form.errors:
        # The fields marked stand far below the preview, out of sight.
        messages.error(request, _("Keputusan belum terkirim: perbaiki isian yang ditandai di bawah."))
    trail = [{"url": reverse("validating:index"), "label": _("Validasi")}, {"url": "", "label": page.title}]
    return render(
        request,
        "directory/validating/review.html",
        {"header_title": page.title, "header_icon": "clipboard-list", "breadcrumbs_items": trail,
         "review": found, "page": page, "form": form, "evidence": evidence_rows(page),
         "ticked": ticked, "waiting": queue.rows([found])[0],
         "earlier": _earlier(found), "reassigning": HandOnForm(validators_of(page))},
        status=400 if form.errors else 200,
    )  # fmt: skip


@require_safe
@xframe_options_sameorigin_override
def preview(request: HttpRequest, review_id: int) -> HttpResponse:
    """The record as it would stand in the directory."""
    found = _review(request, review_id)
    if not found.is_open:
        # What is written after a decision is the owner's affair until it is submitted again.
        raise Http404
    page = _page(found)
    # Beside the form without Wagtail's own bar, as in its editor.
    inside = {"in_preview_panel": request.GET.get("in_preview_panel") == "true"}
    return page.make_preview_request(request, page.default_preview_mode, inside)


@require_POST
def hand_on(request: HttpRequest, review_id: int) -> HttpResponse:
    """To another of the record's validators."""
    found = _review(request, review_id)
    if not found.is_open:
        return _too_late(request, found)
    form = HandOnForm(validators_of(_page(found)), request.POST)
    if form.is_valid():
        found.task.specific.on_action(found, _person(request), HAND_ON, to=form.cleaned_data["to"])
        found.refresh_from_db(fields=["assigned_to"])
        messages.success(request, _("Diserahkan kepada %s.") % found.assigned_to)
    else:
        messages.error(request, _("Pilih validator yang akan menerimanya."))
    return redirect("validating:review", review_id)


def _person(request: HttpRequest) -> "User":
    # Nobody else gets into the admin.
    return cast("User", request.user)


def _review(request: HttpRequest, review_id: int) -> Review:
    """Of a record this person may validate, whether it waits or is settled."""
    if not validates(request.user):
        raise PermissionDenied
    reviews = Review.objects.filter(task__in=ValidationTask.objects.values("pk"))
    found = get_object_or_404(reviews.select_related("workflow_state", "assigned_to"), pk=review_id)
    page = found.workflow_state.content_object
    if page is None or not may_validate(page.specific, _person(request)):
        raise Http404
    return found


def _page(review: Review) -> InnovationPage:
    """The version that an approval would publish."""
    return InnovationPage.objects.get(pk=review.workflow_state.object_id).get_latest_revision_as_object()


def _settle(request: HttpRequest, found: Review, page: InnovationPage, said: dict[str, Any]) -> None:
    words = said["action"], said["comment"], said["remarks"]
    settle(found, _person(request), *words, request.POST.getlist("verified"), said["shown"])
    done = _("“%s” disetujui.") if said["action"] == APPROVE else _("“%s” dikembalikan untuk diperbaiki.")
    messages.success(request, done % page.title)


def _too_late(request: HttpRequest, found: Review) -> HttpResponse:
    """What was written about it all the same is not lost."""
    if (kept := unsent(request, found.outcome)) is not None:
        return kept
    messages.warning(request, found.outcome)
    return redirect("validating:index")


def _earlier(review: Review) -> list[Review]:
    """What was said of this record when it was returned before, the latest first."""
    before = Review.objects.filter(workflow_state=review.workflow_state, status=Review.STATUS_REJECTED)
    return list(before.select_related("finished_by", "workflow_state").order_by("-finished_at"))
