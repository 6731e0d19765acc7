from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory import tasks
from directory.editing.listing import InnovationFilterSet
from directory.export.files import KINDS, respond
from directory.export.records import editable_records
from directory.export.table import Table
from directory.export.views import file_stem
from directory.imports import batches, checking, reversing
from directory.imports.adapters import ADAPTERS
from directory.imports.admin import files
from directory.imports.admin.forms import MappingForm, UploadForm
from directory.imports.admin.plan import PlanView, ReversalView, alike, with_results
from directory.imports.admin.rights import adapters_for, batches_for
from directory.imports.types import Action, UnreadableFileError
from directory.models import ImportBatch, ImportRow, InnovationPage

PAGE_SIZE = 50
State = ImportBatch.State


def _show(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    trail = [{"url": reverse("imports:index"), "label": _("Impor")}]
    if context.get("batch") or context.get("form"):
        trail.append({"url": "", "label": title})
    else:
        trail[0]["url"] = ""
    shown = {"header_title": title, "header_icon": "upload", "breadcrumbs_items": trail, **context}
    return render(request, f"directory/imports/{template}.html", shown)


def index(request: HttpRequest) -> HttpResponse:
    """All imports of the sources this user may import from, the newest first."""
    found = Paginator(batches_for(request.user), PAGE_SIZE).get_page(request.GET.get("p"))
    history = with_results(found.object_list)
    return _show(
        request, "index", _("Impor"), page_obj=found, history=history, adapters=adapters_for(request.user)
    )


def upload(request: HttpRequest) -> HttpResponse:
    """A file is kept, and reading it left to the worker."""
    adapters = adapters_for(request.user)
    if not adapters:
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None, adapters=adapters)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with transaction.atomic():
            source = form.cleaned_data["source"]
            batch = batches.receive(source, file, file.name, request.user, State.CHECKING)
            tasks.check_import.enqueue(batch.pk)
        return redirect("imports:batch", batch.pk)
    return _show(request, "upload", _("Impor berkas"), form=form, adapters=adapters)


def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """An import as it stands: waiting for somebody, being planned or written, done, taken back."""
    found = get_object_or_404(batches_for(request.user), pk=pk)
    return _show_batch(request, found, MappingForm(batch=found) if found.state == State.CHECKED else None)


def _show_batch(request: HttpRequest, found: ImportBatch, columns: MappingForm | None) -> HttpResponse:
    plan, adapter = PlanView(found, request.GET), ADAPTERS[found.source]
    return _show(request, "batch", found.file_name, batch=found, plan=plan, adapter=adapter, columns=columns)


@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What a person says of the file's columns is kept, and the plan left to the worker."""
    found = get_object_or_404(batches_for(request.user), pk=pk)
    if found.state == State.CHECKED:
        form = MappingForm(request.POST, batch=found)
        if not form.is_valid():
            return _show_batch(request, found, form)
        with transaction.atomic():
            if checking.accept(found, form.mapping):
                tasks.plan_import.enqueue(found.pk)
                return redirect("imports:batch", pk)
    messages.error(request, _("Kolom impor ini tidak menunggu pemeriksaan lagi."))
    return redirect("imports:batch", pk)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Consent to a plan, or go on with an interrupted import."""
    found = get_object_or_404(batches_for(request.user), pk=pk)
    waiting = found.state == State.PLANNED or (found.state == State.DONE and batches.left(found).exists())
    if waiting or found.state == State.APPLYING:
        try:
            with transaction.atomic():
                if waiting:
                    batches.begin(found)
                tasks.apply_import.enqueue(found.pk, request.user.pk)
        except (batches.ImportBusyError, UnreadableFileError) as error:
            messages.error(request, str(error))
    else:
        messages.error(request, _("Impor ini tidak menunggu persetujuan lagi."))
    return redirect("imports:batch", pk)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(batches_for(request.user), pk=pk)
    if batches.cancel(found):
        messages.success(request, _("Rencana dibatalkan; tidak ada yang ditulis."))
    else:
        messages.error(request, _("Impor ini sudah disetujui dan tidak dapat dibatalkan lagi."))
    return redirect("imports:batch", pk)


def reverse_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What taking an import back would do, or why it cannot be; POST does it, or goes on with it."""
    found = get_object_or_404(batches_for(request.user), pk=pk)
    if request.method == "POST":
        try:
            with transaction.atomic():
                if found.state != State.REVERSING:
                    reversing.begin(found, request.user)
                tasks.reverse_import.enqueue(found.pk)
            return redirect("imports:batch", pk)
        except batches.ImportBusyError as error:
            messages.error(request, str(error))
        except reversing.NotReversibleError:
            pass  # said by the page itself
    elif found.state in (State.REVERSING, State.REVERSED):
        return redirect("imports:batch", pk)
    view = ReversalView(found)
    return _show(request, "reverse", _("Batalkan impor ini"), batch=found, view=view)


def compare(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A row beside the records it resembles; POST says whether it is one of them."""
    found = get_object_or_404(batches_for(request.user), pk=pk)
    row = get_object_or_404(found.rows.filter(action=Action.DUPLICATE), number=number)
    if request.method == "POST":
        chosen = request.POST.get("page", "")
        if chosen.isdecimal() and len(chosen) < 19:
            decided = batches.decide(row, ImportRow.Decision.MERGE, int(chosen))
        else:
            decided = batches.decide(row, ImportRow.Decision.NEW)
        if not decided:
            messages.error(request, _("Baris ini tidak menunggu putusan lagi."))
        elif found.state == State.DONE:
            messages.success(request, _("Putusan dicatat, belum ditulis: tekan tombol “Tulis … putusan”."))
            return redirect("imports:batch", pk)
        return redirect(f"{reverse('imports:batch', args=[pk])}?rows={Action.DUPLICATE}")
    return _show(request, "compare", row.title or str(number), batch=found, row=row, views=alike(row))


def refused(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The refused rows, ready to be corrected."""
    found = get_object_or_404(batches_for(request.user), pk=pk)
    return files.refused(found, ADAPTERS[found.source])


def template(request: HttpRequest, source: str) -> HttpResponseBase:
    adapters = {adapter.name: adapter for adapter in adapters_for(request.user)}
    if source not in adapters:
        raise PermissionDenied
    return files.template(adapters[source])


def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """All profiles, drafts too, as a file that can be edited and imported; narrowed down as in the list."""
    if not request.user.has_perm("directory.import_portal"):
        raise PermissionDenied
    if kind not in KINDS:
        raise Http404
    pages = InnovationPage.objects.filter(alias_of=None, locale__language_code=settings.LANGUAGE_CODE)
    chosen = InnovationFilterSet(request.GET, queryset=pages.order_by("pk"), request=request)
    ids = list(chosen.qs.values_list("pk", flat=True))
    table = Table(editable_records(ids), request.build_absolute_uri("/"), public=False)
    return respond(table, kind, f"{file_stem()}-semua")
