"""One member of an institution: another role, other sections, or the end of it."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from institutions.inviting.changing import change, changeable_by, kinds_to_decide, left_alone
from institutions.inviting.forms import MembershipForm
from institutions.inviting.letters import inviting_institutions
from institutions.models import Membership
from institutions.refusals import NotNowError
from institutions.roles import Role, SectionKind

if TYPE_CHECKING:
    from accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, membership_id: int) -> HttpResponse:
    """The form; `end` in it ends the membership, as far as this person decides over it."""
    person = cast("User", request.user)
    held = get_object_or_404(changeable_by(person), pk=min(membership_id, 2**62))
    decided = kinds_to_decide(held, person)
    if not decided:
        raise PermissionDenied
    form = MembershipForm(person, held, request.POST if request.method == "POST" else None)
    ending = "end" in request.POST
    if request.method == "POST" and (ending or form.is_valid()):
        try:
            _change(request, form, held, person, ending)
        except NotNowError as error:
            form = form if form.is_bound and not ending else MembershipForm(person, held)
            messages.error(request, error.messages[0])
        else:
            return _after(person, held)
    return _form_page(request, held, form, decided)


def _change(
    request: HttpRequest, form: MembershipForm, held: Membership, person: "User", ending: bool
) -> None:
    alone = bool(request.POST.get("alone"))
    if ending:
        change(held, None, (), person, alone)
        messages.success(request, _("Peran %s di bagian Anda berakhir.") % held.user)
    else:
        said = form.cleaned_data
        change(held, Role(said["role"]), said["kinds"], person, alone)
        messages.success(request, _("Peran %s diubah.") % held.user)


def _after(person: "User", held: Membership) -> HttpResponse:
    """Who has ended his own role may have no members to look at any more."""
    if inviting_institutions(person).filter(pk=held.institution_id).exists():
        return redirect("members:institution", held.institution_id)
    return redirect("wagtailadmin_home")


def _form_page(
    request: HttpRequest, held: Membership, form: MembershipForm, decided: list[str]
) -> HttpResponse:
    staying = [kind for kind in held.kinds if kind not in decided]
    lonely = left_alone(held, staying)
    trail = [
        {"url": reverse("members:index"), "label": _("Anggota")},
        {"url": reverse("members:institution", args=[held.institution_id]), "label": held.institution.name},
        {"url": "", "label": str(held.user)},
    ]
    return render(
        request,
        "institutions/inviting/member.html",
        {"header_title": str(held.user), "header_icon": "user", "breadcrumbs_items": trail, "form": form,
         "membership": held, "own": held.user_id == request.user.pk,
         "staying": [SectionKind(kind).label for kind in staying],
         "lonely": [SectionKind(kind).label for kind in lonely]},
        status=400 if request.method == "POST" else 200,
    )  # fmt: skip
