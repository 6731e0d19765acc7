"""What a reviewer wrote is shown to him once more where it cannot be sent: his role ended while he wrote, or
somebody was quicker. Nothing but his own words: the page may be none of his business any more.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from institutions.approval.forms import REMARK
from institutions.approval.parts import label_of
from institutions.models import Review
from institutions.roles import ADMIN_ACCESS

# What Wagtail's editing form brings along of the dialogue in which it was written.
DIALOGUE = "workflow-action-extra-data"


def unsent(request: HttpRequest, why: str) -> HttpResponse | None:
    """The page with what was written and why it was not sent; None where nothing was written."""
    words = list(written(request.POST))
    if not words:
        return None
    return render(request, "institutions/approval/unsent.html", {"why": why, "words": words}, status=403)


def written(sent: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The remarks in what a form has sent: about which part, and what."""
    said = {name.removeprefix(REMARK): sent[name] for name in sent if name.startswith(REMARK)}
    comment = sent.get("comment", "")
    if DIALOGUE in sent:
        said, comment = _of_dialogue(sent[DIALOGUE])
    for name, text in said.items():
        if text:
            yield str(label_of(name)), str(text)
    if comment:
        yield _("Catatan umum"), str(comment)


def why_not_decided(page: Page, sent: Mapping[str, Any], user: Any) -> str:
    """Why what a reviewer decides with the editing form cannot be, "" where it can or nothing is decided.

    Wagtail would save the page and drop the decision without a word.
    """
    if "action-workflow-action" not in sent:
        return ""
    task = page.current_workflow_task
    if task is not None and sent.get("workflow-action-name") in {
        name for name, *_more in task.get_actions(page, user)
    }:
        return ""
    last = Review.objects.filter(workflow_state__in=page.workflow_states).order_by("-pk").first()
    why = _("Anda tidak (lagi) bertugas meninjau halaman ini.")
    if task is None and last is not None:
        why = last.outcome
    words = "; ".join(f"{part}: {said}" for part, said in written(sent))
    return f"{why} {_('Catatan Anda belum terkirim')}: {words}" if words else why


def _of_dialogue(text: str) -> tuple[dict[str, Any], Any]:
    try:
        said = json.loads(text)
    except ValueError:
        return {}, ""
    if not isinstance(said, dict):
        return {}, ""
    remarks = said.get("remarks")
    return remarks if isinstance(remarks, dict) else {}, said.get("comment", "")


class UnsentRemarks:
    """Middleware, before those that lead away who has no right on a page, or none in the admin at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        # A dialogue keeps its words itself.
        dialogue = request.headers.get("x-requested-with") == "XMLHttpRequest"
        inside = request.path.startswith(reverse("wagtailadmin_home")) and request.user.is_authenticated
        if request.method != "POST" or dialogue or not inside or _is_answered(request, kwargs):
            return None
        return unsent(request, _("Anda tidak (lagi) bertugas meninjau halaman ini."))


def _is_answered(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Whether the view itself has an answer for this person; also where nothing is reviewed there."""
    user: Any = request.user
    number = kwargs.get("review_id", kwargs.get("task_state_id"))
    if number is not None:
        found = Review.objects.filter(pk=number).select_related("workflow_state", "task").first()
        page = found.workflow_state.content_object if found else None
        return page is not None and found.task.specific.may_review(page.specific, user)
    if "page_id" in kwargs and DIALOGUE in request.POST:
        page = Page.objects.filter(pk=kwargs["page_id"]).first()
        may_enter = page is not None and user.has_perm(ADMIN_ACCESS)
        return may_enter and page.specific.permissions_for_user(user).can_edit()
    return True
