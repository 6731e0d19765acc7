from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.imports.admin.rights import adapters_for
from directory.quality import duplicates, figures, links, rights, unrecognised
from directory.quality.institutions import Narrowing, as_csv, standings

PAGE_SIZE = 50
OWNERS_SHOWN = 20
INSTITUTIONS_SHOWN = 10


def _show(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    trail = [{"url": reverse("quality:index"), "label": _("Mutu data")}]
    if template == "index":
        trail[0]["url"] = ""
    else:
        trail.append({"url": "", "label": title})
    shown = {"header_title": title, "header_icon": "glasses", "breadcrumbs_items": trail, **context}
    return render(request, f"directory/quality/{template}.html", shown)


def index(request: HttpRequest) -> HttpResponse:
    """What all records lack, and where each gap is mended."""
    rights.check(request.user)
    institutions = standings({})
    owners = Paginator(list(unrecognised.owners()), OWNERS_SHOWN).get_page(request.GET.get("p"))
    return _show(
        request,
        "index",
        _("Mutu data"),
        overall=figures.overall(),
        sources=figures.by_source(),
        institutions=institutions[:INSTITUTIONS_SHOWN],
        institution_count=len(institutions),
        heaps=duplicates.heaps(request.user),
        owners=owners,
        owner_texts=[unrecognised.Text(**row) for row in owners],
        ownerless_url=links.profiles(missing="institution"),
        places=unrecognised.places(),
        own_sources=[adapter.name for adapter in adapters_for(request.user)],
    )


def institutions(request: HttpRequest) -> HttpResponse:
    """How the records of each institution stand; narrowed down, ordered, in pages."""
    rights.check(request.user)
    form = Narrowing(request.GET)
    form.is_valid()
    order = request.GET.get("urut", "")
    found = Paginator(standings(form.cleaned_data, order), PAGE_SIZE).get_page(request.GET.get("p"))
    columns = [
        ("name", _("Instansi")),
        ("records", _("Inovasi")),
        ("completeness", _("Kelengkapan")),
        ("measured", _("Bukti tingkat 2 ke atas")),
        ("never", _("Belum pernah dikonfirmasi")),
    ]
    return _show(
        request, "institutions", _("Mutu data menurut instansi"),
        form=form, page_obj=found, columns=columns, order=order,
    )  # fmt: skip


def institutions_file(request: HttpRequest) -> HttpResponse:
    """The same table, all its pages, as CSV."""
    rights.check(request.user)
    form = Narrowing(request.GET)
    form.is_valid()
    return as_csv(standings(form.cleaned_data, request.GET.get("urut", "")))
