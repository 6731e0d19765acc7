"""Nobody begins anything new for an institution that is no more, whatever rights he has."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from institutions.approval.unsent import why_not_decided
from institutions.locking import locked
from institutions.models import Institution, SectionPage
from institutions.refusals import NotNowError
from institutions.scoping.references import KnownReferencesForm


def why_closed(section: Page) -> str:
    """Why nothing new goes below a page, "" where something may."""
    page = section.specific
    if not isinstance(page, SectionPage) or page.institution_id is None:
        return ""
    # Not as the page was read: the owner may have ended meanwhile.
    owner = Institution.objects.select_related("merged_into").get(pk=page.institution_id)
    if owner.is_active:
        return ""
    if owner.merged_into:
        names = {"gone": owner.name, "into": owner.merged_into.name}
        return _("%(gone)s sudah digabung ke %(into)s; halaman baru dibuat di bagian %(into)s.") % names
    return _("%s sudah tidak ada; halaman baru tidak dapat dibuat di bagiannya.") % owner.name


class SectionItemForm(KnownReferencesForm):
    """Of every page that stands in a section: what was typed while the section closed, or while somebody else
    decided about the page, is shown again."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.instance.pk is not None:
            why = why_not_decided(self.instance, self.data, self.for_user)
        else:
            why = why_closed(self.parent_page) if self.parent_page is not None else ""
        if why:
            self.add_error(None, why)
        return cleaned


def wait_for_ending(request: HttpRequest, parent: Page, *args: Any) -> None:
    """For the hook `before_create_page`: who ends the section's institution at this moment is waited for."""
    section = parent.specific
    if request.method == "POST" and isinstance(section, SectionPage) and section.institution_id:
        locked(section.institution_id)


def refuse_new(request: HttpRequest, parent: Page, *args: Any) -> HttpResponse | None:
    """For the hook `before_create_page`. A form that is sent says so itself."""
    if request.method != "POST" and (why := why_closed(parent)):
        messages.error(request, why)
        return redirect("wagtailadmin_explore", parent.pk)
    return None


def refuse_moving_there(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """For the hook `before_move_page`. Raises `NotNowError` where it was confirmed."""
    if page.is_child_of(destination):
        return None
    wait_for_ending(request, destination)
    if request.method == "POST":
        demand_open(destination)
    return refuse_new(request, destination)


def refuse_moving_many_there(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> None:
    """For the hook `before_bulk_action`, which is called once it was confirmed. Raises `NotNowError`."""
    if action_type == "move" and issubclass(action.model, Page):
        destination = action.cleaned_form.cleaned_data["chooser"]
        if not all(page.is_child_of(destination) for page in objects):
            demand_open(destination)


def refuse_copying_there(request: HttpRequest, page: Page) -> None:
    """For the hook `before_copy_page`. Raises `NotNowError` once the form is sent."""
    number = request.POST.get("new_parent_page", "")
    if request.method == "POST":
        chosen = Page.objects.filter(pk=number).first() if number.isdecimal() else None
        demand_open(chosen or page.get_parent())


def demand_open(section: Page) -> None:
    """Raises `NotNowError` where nothing new goes below this page."""
    if why := why_closed(section):
        raise NotNowError(why)
