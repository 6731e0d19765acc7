"""The translators' queue, and the way of a translation to its approval."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms.refusals import RefusedError
from institutions.models import Review
from institutions.translating import drafts, queue
from institutions.translating.finding import translation_or_refusal
from institutions.translating.forms import DecisionForm, QueueForm
from institutions.translating.progress import by_type_and_institution, owners_by_path
from institutions.translating.rights import sources_for, target_locales, translates

PER_PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What this person translates, what waits in it, and how far it has come."""
    locales = target_locales()
    if not locales or not translates(request.user):
        raise PermissionDenied
    locale = locales[0]
    sources = sources_for(request.user, locale)
    owners = owners_by_path()
    types, institutions = by_type_and_institution(sources, locale, owners)
    shown = {share.key for share in institutions}
    own = {path: owner for path, owner in owners.items() if owner[0] in shown}
    form = QueueForm(request.GET, owners=own)
    found = form.narrow(queue.staged(sources, locale))
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "institutions/translating/index.html",
        {
            "header_title": _("Terjemahan"), "header_icon": "globe",
            "breadcrumbs_items": [{"url": "", "label": _("Terjemahan")}], "form": form, "locale": locale,
            "page_obj": page_obj,
            "rows": queue.rows(list(page_obj.object_list), locale, own),
            "types": types, "institutions": institutions,
        },
    )  # fmt: skip


@require_POST
@transaction.atomic
def submit(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The translation as it stands, for approval."""
    translation, page = translation_or_refusal(translation_id, request.user)
    drafts.submit(translation, request.user)  # type: ignore[arg-type]
    page.refresh_from_db()
    if page.current_workflow_state is None:
        messages.success(request, _("Terjemahan disetujui dan terbit."))
    else:
        messages.success(request, _("Terjemahan diajukan; peninjaunya diberi tahu lewat surel."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
def decide(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The decision on a submitted translation, by whoever approves the section's pages."""
    _translation, page = translation_or_refusal(translation_id, request.user)
    state = page.current_workflow_task_state
    review = Review.objects.filter(pk=state.pk).first() if state else None
    if review is None:
        raise RefusedError(_("Terjemahan ini tidak (lagi) menunggu putusan."))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise RefusedError(" ".join(str(error) for errors in form.errors.values() for error in errors))
    task = review.task.specific
    if not task.may_review(page, request.user):
        raise PermissionDenied
    said = form.cleaned_data
    # Whoever does not say what he saw decides about what was submitted.
    shown = said["shown"] or review.revision_id
    task.on_action(review, request.user, said["action"], comment=said["comment"], shown=shown)
    messages.success(request, _("Putusan disimpan."))
    return redirect("translating:index")
