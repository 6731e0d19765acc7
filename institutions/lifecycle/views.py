"""What became of one institution, and the pages on which it is ended, merged or brought back."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from institutions import tasks
from institutions.lifecycle.forms import MergeForm, ReinstateForm, RetireForm, SuccessorForm
from institutions.lifecycle.merging import merge, why_not_merge
from institutions.lifecycle.plan import Plan
from institutions.lifecycle.retiring import reinstate, retire, why_not_reinstate, why_not_retire
from institutions.lifecycle.rights import for_enders, may_reinstate
from institutions.models import Institution

if TYPE_CHECKING:
    from accounts.models import User

reading_and_posting = require_http_methods(["GET", "HEAD", "POST"])


def _show(
    request: HttpRequest, template: str, found: Institution, title: str, **context: Any
) -> HttpResponse:
    trail = [
        {"url": reverse("institution:index"), "label": _("Instansi")},
        {
            "url": "" if template == "index" else reverse("lifecycle:index", args=[found.pk]),
            "label": found.name,
        },
    ]
    if template != "index":
        trail.append({"url": "", "label": title})
    shown = {"header_title": title, "header_icon": "group", "breadcrumbs_items": trail, "institution": found}
    form = context.get("form")
    status = 400 if form is not None and form.is_bound and form.errors else 200
    return render(request, f"institutions/lifecycle/{template}.html", shown | context, status=status)


def _found(pk: int) -> Institution:
    return get_object_or_404(Institution.objects.select_related("merged_into"), pk=min(pk, 2**62))


def _person(request: HttpRequest) -> "User":
    return cast("User", request.user)


def _form(form: Any, request: HttpRequest) -> Any:
    return form(request.POST if request.method == "POST" else None)


@for_enders
@require_safe
def index(request: HttpRequest, institution_id: int) -> HttpResponse:
    """What became of it, and what can be done."""
    found = _found(institution_id)
    return _show(
        request,
        "index",
        found,
        found.name,
        changes=found.changes.select_related("other", "made_by"),
        predecessors=found.predecessors.all(),
        successors=Institution.objects.filter(predecessors=found),
        can_retire=not why_not_retire(found),
        can_merge=found.merged_into is None,
        can_reinstate=may_reinstate(request.user) and not why_not_reinstate(found),
    )


@for_enders
@reading_and_posting
def end(request: HttpRequest, institution_id: int) -> HttpResponse:
    """What retiring would do, and doing it."""
    found = _found(institution_id)
    form = _form(RetireForm, request)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        retire(found, _person(request), said["reason"], said["on"], said["cancel_scheduled"])
        messages.success(request, _("%s dinyatakan tidak ada lagi.") % found.name)
        return redirect("lifecycle:index", found.pk)
    plan, why = Plan(found), why_not_retire(found)
    return _show(request, "retire", found, _("Akhiri instansi"), form=form, plan=plan, why=why)


@for_enders
@reading_and_posting
def choose(request: HttpRequest, institution_id: int) -> HttpResponse:
    """Into which institution."""
    found = _found(institution_id)
    form = SuccessorForm(found, request.GET if "into" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("lifecycle:merge", found.pk, form.cleaned_data["into"].pk)
    return _show(request, "choose", found, _("Gabungkan instansi"), form=form)


@for_enders
@reading_and_posting
def join(request: HttpRequest, institution_id: int, into_id: int) -> HttpResponse:
    """What merging would do, and doing it: at once, or behind the scenes where there is much to move."""
    found, other = _found(institution_id), _found(into_id)
    plan, why = Plan(found, other), why_not_merge(found, other)
    form = _form(MergeForm, request)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        names = {"old": found.name, "new": other.name}
        if plan.is_large and not why:
            by, on = _person(request).pk, said["on"].isoformat()
            tasks.merge_institutions.enqueue(found.pk, other.pk, by, said["reason"], on, said["take_members"])
            told = _("%(old)s sedang digabung ke %(new)s. Anda mendapat surel begitu selesai.")
            messages.info(request, told % names)
        else:
            merge(found, other, _person(request), said["reason"], said["on"], said["take_members"])
            messages.success(request, _("%(old)s digabung ke %(new)s.") % names)
        return redirect("lifecycle:index", found.pk)
    return _show(request, "merge", found, _("Gabungkan instansi"), form=form, plan=plan, why=why, other=other)


@for_enders
@reading_and_posting
def bring_back(request: HttpRequest, institution_id: int) -> HttpResponse:
    """Undoing a retirement."""
    if not may_reinstate(request.user):
        raise PermissionDenied
    found = _found(institution_id)
    form = _form(ReinstateForm, request)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        lapsed = reinstate(found, _person(request), said["reason"], said["members"])
        messages.success(request, _("%s dinyatakan ada kembali.") % found.name)
        if lapsed:
            told = _("Akunnya tidak aktif, perannya tidak dikembalikan: %s.") % ", ".join(lapsed)
            messages.warning(request, told)
        return redirect("lifecycle:index", found.pk)
    return _show(request, "reinstate", found, _("Hidupkan kembali"), form=form, why=why_not_reinstate(found))
