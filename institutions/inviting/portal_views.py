"""Roles that reach over the whole portal: given and ended by administrators, to people with an account."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from institutions import memberships
from institutions.inviting.forms import PORTAL_WIDE, PortalRoleForm
from institutions.models import Membership
from institutions.refusals import NotNowError
from institutions.roles import Role

if TYPE_CHECKING:
    from accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def portal_roles(request: HttpRequest) -> HttpResponse:
    """Who holds such a role, and the form that gives one."""
    person = _administrator(request)
    form = PortalRoleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            memberships.begin(
                said["user"], said["institution"], Role(said["role"]), source=said["source"], by=person
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Peran %s diberikan.") % said["user"])
            return redirect("members:portal")
    trail = [
        {"url": reverse("members:index"), "label": _("Anggota")},
        {"url": "", "label": _("Peran di seluruh portal")},
    ]
    return render(
        request,
        "institutions/inviting/portal.html",
        {"header_title": _("Peran di seluruh portal"), "header_icon": "group", "breadcrumbs_items": trail,
         "form": form, "held": _held().select_related("user", "institution").order_by("role", "user__email")},
        status=400 if form.errors else 200,
    )  # fmt: skip


@require_POST
def end_portal_role(request: HttpRequest, membership_id: int) -> HttpResponse:
    """The membership stays as history; what lay on the person's desk is free again."""
    person = _administrator(request)
    membership = get_object_or_404(_held(), pk=min(membership_id, 2**62))
    if membership.user_id == person.pk and membership.role == Role.ADMINISTRATOR:
        raise NotNowError(_("Peran administrator Anda sendiri diakhiri oleh administrator lain."))
    memberships.end(membership, person)
    messages.success(request, _("Peran %s berakhir.") % membership.user)
    return redirect("members:portal")


def _administrator(request: HttpRequest) -> "User":
    if not request.user.is_superuser:
        raise PermissionDenied
    return request.user


def _held() -> "memberships.QuerySet[Membership]":
    return Membership.objects.current().filter(role__in=PORTAL_WIDE)
