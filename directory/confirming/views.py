"""The list of what awaits an answer, the question itself, and the way in from a mail."""

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.confirming.answers import answerable_by, awaiting, badge_of, confirm
from directory.confirming.forms import ConfirmationForm
from directory.confirming.reminders import page_of
from directory.derived.confirmation import confirmation_state

PAGE_SIZE = 50


def index(request: HttpRequest) -> HttpResponse:
    """Everything about which this person should answer now."""
    pages = awaiting(answerable_by(request.user)).select_related("institution")
    shown = Paginator(pages, PAGE_SIZE).get_page(request.GET.get("p"))
    rows = [(page, page.answered_at, badge_of(page)) for page in shown]
    trail = [{"url": "", "label": _("Masih berjalan?")}]
    return render(
        request,
        "directory/confirming/index.html",
        {"header_title": _("Masih berjalan?"), "header_icon": "circle-check", "breadcrumbs_items": trail,
         "rows": rows, "page_obj": shown},
    )  # fmt: skip


def ask(request: HttpRequest, page_id: int) -> HttpResponse:
    """The question for one innovation; an answer leads back to the list."""
    page = get_object_or_404(answerable_by(request.user), pk=page_id)
    form = ConfirmationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        confirm(page, request.user, form.save(commit=False))
        messages.success(request, _("Terima kasih. Jawaban untuk “%s” sudah dicatat.") % page.title)
        return redirect("confirming:index")
    trail = [
        {"url": reverse("confirming:index"), "label": _("Masih berjalan?")},
        {"url": "", "label": page.title},
    ]
    return render(
        request,
        "directory/confirming/ask.html",
        {"header_title": page.title, "header_icon": "circle-check", "breadcrumbs_items": trail,
         "page": page, "form": form, "state": confirmation_state(page),
         "earlier": page.confirmations.select_related("confirmed_by")[:10]},
        status=400 if form.errors else 200,
    )  # fmt: skip


def from_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a reminder: to the question, once the person has signed in."""
    try:
        page_id = page_of(token)
    except signing.BadSignature:
        messages.warning(request, _("Tautan itu tidak berlaku lagi. Ini yang masih menunggu jawaban Anda."))
        return redirect("confirming:index")
    if not answerable_by(request.user).filter(pk=page_id).exists():
        messages.warning(request, _("Inovasi itu tidak (lagi) menunggu jawaban dari akun ini."))
        return redirect("confirming:index")
    return redirect("confirming:ask", page_id)
