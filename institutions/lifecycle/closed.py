"""Nobody begins anything new for an institution that is no more, whatever rights he has."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from institutions.models import SectionPage
from institutions.refusals import NotNowError


def refuse_new(request: HttpRequest, parent: Page, *args: Any) -> HttpResponse | None:
    """For the hook `before_create_page`, and for moving a page there."""
    section = parent.specific
    owner = section.institution if isinstance(section, SectionPage) else None
    if owner is None or owner.is_active:
        return None
    reason = _("%s sudah tidak ada; halaman baru tidak dapat dibuat di bagiannya.") % owner.name
    if request.method == "POST":
        raise NotNowError(reason)
    messages.error(request, reason)
    return redirect("wagtailadmin_explore", parent.pk)


def refuse_moving_there(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """For the hook `before_move_page`."""
    return None if page.is_child_of(destination) else refuse_new(request, destination)


def refuse_moving_many_there(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """For the hook `before_bulk_action`, which is called once it was confirmed."""
    if action_type != "move" or not issubclass(action.model, Page):
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    refusals = (refuse_moving_there(request, page, destination) for page in objects)
    return next((refusal for refusal in refusals if refusal is not None), None)
