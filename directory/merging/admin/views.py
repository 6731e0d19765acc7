from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory import tasks
from directory.imports.pages import all_records
from directory.merging import verdicts
from directory.merging.admin.compare import Pair, default_order, last_content
from directory.merging.admin.forms import LARGEST, ChooseForm, FilterForm
from directory.merging.admin.rights import for_mergers
from directory.merging.content import label
from directory.merging.merge import MergeError, merge
from directory.models import DuplicateSearch, InnovationPage, Merge

PAGE_SIZE = 50


def _show(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    trail = [{"url": "" if template == "index" else reverse("merging:index"), "label": _("Catatan ganda")}]
    if template != "index":
        trail.append({"url": "", "label": title})
    shown = {"header_title": title, "header_icon": "copy", "breadcrumbs_items": trail, **context}
    return render(request, f"directory/merging/{template}.html", shown)


@for_mergers
def index(request: HttpRequest) -> HttpResponse:
    """The pairs that wait for a decision, the likeliest first; two numbers lead to any other pair."""
    chosen = ChooseForm(request.GET if "first" in request.GET else None)
    if chosen.is_valid():
        return redirect("merging:pair", chosen.cleaned_data["first"], chosen.cleaned_data["second"])
    narrowed = FilterForm(request.GET)
    page_obj = Paginator(narrowed.pairs(), PAGE_SIZE).get_page(request.GET.get("p"))
    kept = {name: request.GET[name] for name in narrowed.fields if request.GET.get(name)}
    return _show(
        request,
        "index",
        _("Catatan ganda"),
        page_obj=page_obj,
        pairs=[(found, default_order(found.one, found.other)) for found in page_obj],
        filter=narrowed,
        kept=kept,
        choose=chosen,
        search=DuplicateSearch.objects.first(),
    )


@for_mergers
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Has the worker look for pairs anew."""
    tasks.look_for_duplicates()
    messages.success(request, _("Pencarian dimulai; hasilnya muncul di sini sedikit demi sedikit."))
    return redirect("merging:index")


@for_mergers
def pair(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Two records side by side. The first number is the one that is kept; POST takes the decision."""
    if done := Merge.objects.filter(
        number__in=[number for number in (first, second) if number < LARGEST]
    ).first():
        messages.info(request, _("Catatan ini sudah digabungkan."))
        return redirect("merging:result", done.number)
    if first == second:
        messages.error(request, _("Kedua nomor sama. Pilih dua catatan yang berlainan."))
        return redirect("merging:index")
    kept, other = _record(first), _record(second)
    if request.method != "POST":
        return _show(request, "pair", f"{kept.registry_code}, {other.registry_code}", pair=Pair(kept, other))
    if "different" in request.POST:
        verdicts.call_different(kept, other, request.user)
        messages.success(request, _("Dicatat: keduanya bukan inovasi yang sama."))
        return redirect("merging:index")
    if "merge" in request.POST:
        try:
            done = merge(kept.pk, other.pk, request.user)
        except MergeError as error:
            messages.error(request, str(error))
        else:
            return redirect("merging:result", done.number)
    return redirect("merging:pair", first, second)


@for_mergers
def result(request: HttpRequest, number: int) -> HttpResponse:
    """What became of the record with this number: what the kept one took over, and all it said."""
    done = get_object_or_404(Merge.objects.select_related("page", "user"), number=min(number, LARGEST))
    changes = [(label(name), new) for name, _old, new in done.changes]
    contents = last_content(done)
    return _show(request, "result", done.registry_code, merge=done, changes=changes, contents=contents)


def _record(number: int) -> InnovationPage:
    pages = all_records().select_related("institution", "region", "locale")
    return get_object_or_404(pages, registry_number=min(number, LARGEST))
