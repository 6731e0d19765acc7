from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search.operations import metrics, state


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 as long as readers get results, whoever answers; "degraded" where somebody should look.

    Tells numbers only: what is wrong stands in the log and on the administrators' page.
    """
    found = state.current()
    return JsonResponse(
        {
            "status": "ok" if found.is_well else "degraded",
            "engine": found.engine,
            "reachable": not found.problem,
            "documents": found.documents,
            "indexed": found.indexed,
            "waiting": found.waiting,
            "waiting_seconds": round(found.waiting_seconds, 1),
            "refused": found.refused,
        }
    )


@require_safe
@never_cache
def numbers(request: HttpRequest) -> HttpResponse:
    """The same for Prometheus."""
    return HttpResponse(metrics.text(state.current()), content_type=metrics.CONTENT_TYPE)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """For administrators: how the search stands and what to do."""
    if not request.user.is_active or not request.user.is_superuser:
        raise PermissionDenied
    title = _("Keadaan pencarian")
    context = {
        "state": state.look(),
        "refused": state.refused(),
        "header_title": title,
        "header_icon": "search",
        "breadcrumbs_items": [{"url": "", "label": title}],
    }
    return render(request, "search/operations/state.html", context)
