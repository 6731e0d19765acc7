from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from search.insight import calls
from search.insight.admin.forms import CallForm, CallsForm, NewCallForm, period_asked
from search.insight.admin.rights import for_owners
from search.insight.admin.views import show
from search.models import ModelCall, ModelCallChange

PAGE_SIZE = 50
# Larger than any key, smaller than what a database takes.
LARGEST = 2**62


@for_owners
def index(request: HttpRequest) -> HttpResponse:
    """The calls, the earliest due first."""
    form = CallsForm(request.GET, request.user)
    page = Paginator(form.calls(), PAGE_SIZE).get_page(request.GET.get("p"))
    today = timezone.localdate()
    rows = [(call, call.is_overdue(today)) for call in page]
    return show(request, "calls", _("Panggilan model"), form=form, page_obj=page, rows=rows)


@for_owners
def new(request: HttpRequest) -> HttpResponse:
    """A call made from one or several unmet texts, or these added to a call that is there."""
    given = request.POST if request.method == "POST" else request.GET
    topics = calls.topics_of(given.getlist("topic"))
    period = period_asked(given)
    form = NewCallForm(
        request.POST if request.method == "POST" else None,
        topics=topics,
        initial={"title": topics[0].capitalize() if topics else "", "owner": request.user.pk},
    )
    if request.method == "POST" and form.is_valid():
        call = calls.make(request.user, topics, period, **form.cleaned_data)
        messages.success(request, _("Panggilan model “%(title)s” dibuat.") % {"title": call.title})
        return redirect("insight:call", call.pk)
    return show(
        request,
        "new_call",
        _("Panggilan model baru"),
        (reverse("insight:calls"), _("Panggilan model")),
        form=form,
        topics=topics,
        period=period,
        reason=calls.reason_for(topics, period),
        others=calls.unfinished().only("pk", "title") if topics else (),
    )


@for_owners
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call: its topics, how far it has come, its history; POST changes it."""
    found = get_object_or_404(ModelCall.objects.select_related("owner", "answer"), pk=min(pk, LARGEST))
    history = list(found.changes.order_by("pk"))
    form = CallForm(
        request.POST if request.method == "POST" else None,
        instance=found,
        initial={"seen": history[-1].pk if history else 0},
    )
    # The form changes what it is given, even when it is not valid.
    title, overdue, answer = found.title, found.is_overdue(), _answer(found)
    if request.method == "POST" and form.is_valid():
        return _changed(request, found.pk, dict(form.cleaned_data))
    return show(
        request,
        "call",
        title,
        (reverse("insight:calls"), _("Panggilan model")),
        form=form,
        call=found,
        topics=[topic.text for topic in found.topics.all()],
        most=calls.MOST_TOPICS,
        history=[(row, _lines(row)) for row in reversed(history)],
        overdue=overdue,
        answer=answer,
    )


@for_owners
@require_POST
def attach(request: HttpRequest) -> HttpResponse:
    """Adds topics to a call."""
    pk = request.POST.get("call", "")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        messages.error(request, _("Pilih panggilan yang akan ditambah."))
        return redirect("insight:index")
    found = get_object_or_404(ModelCall, pk=int(pk))
    topics = calls.topics_of(request.POST.getlist("topic"))
    added = calls.attach(found.pk, request.user, topics, period_asked(request.POST))
    if added:
        messages.success(request, _("Ditambahkan: %(texts)s.") % {"texts": ", ".join(added)})
    else:
        messages.warning(
            request, _("Tidak ada yang ditambahkan: sudah ada di sini, atau tidak dapat disimpan.")
        )
    return redirect("insight:call", found.pk)


def _answer(found: ModelCall) -> Page | None:
    """The page that answers it, while everybody may read it."""
    page = found.answer
    return page if page is not None and page.live and not page.get_view_restrictions() else None


def _changed(request: HttpRequest, pk: int, values: dict[str, Any]) -> HttpResponse:
    try:
        if calls.change(pk, request.user, values.pop("seen"), **values):
            messages.success(request, _("Perubahan disimpan."))
        else:
            messages.info(request, _("Tidak ada yang berubah."))
    except calls.ChangedMeanwhileError:
        message = _("Tidak disimpan: orang lain mengubah panggilan ini sementara itu. Periksa, lalu ulangi.")
        messages.error(request, message)
    return redirect("insight:call", pk)


def _lines(row: ModelCallChange) -> list[tuple[str, str, str]]:
    """Field, old and new of each change."""
    return [(_name(field), old, new) for field, old, new in row.changes]


def _name(field: str) -> str:
    if field == calls.TOPICS:
        return _("kata pencarian")
    return str(getattr(ModelCall._meta.get_field(field), "verbose_name", field))
