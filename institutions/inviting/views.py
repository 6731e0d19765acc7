"""The members of an institution and the invitations it has sent; and the page an invitation leads to."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from institutions.inviting.changing import changeable_by
from institutions.inviting.forms import AccountForm, InvitationForm
from institutions.inviting.letters import (
    InvitationLapsedError,
    accept,
    invite,
    inviting_institutions,
    kinds_open_to,
    may_withdraw,
    read,
    withdraw,
)
from institutions.models import Institution, Invitation, Membership
from institutions.refusals import TooManyError
from institutions.roles import Role

if TYPE_CHECKING:
    from accounts.models import User

BACKEND = "accounts.backends.PortalBackend"
GONE = 410
PAGE_SIZE = 50


def index(request: HttpRequest) -> HttpResponse:
    """The institutions to which this person may invite; with one only, that one."""
    institutions = inviting_institutions(request.user)
    appoints = request.user.is_superuser
    if not appoints and not institutions.exists():
        raise PermissionDenied
    if not appoints and institutions.count() == 1:
        return redirect("members:institution", institutions.get().pk)
    trail = [{"url": "", "label": _("Anggota")}]
    context = {"header_title": _("Anggota"), "header_icon": "group", "breadcrumbs_items": trail,
               "institutions": institutions, "appoints": appoints}  # fmt: skip
    return render(request, "institutions/inviting/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def institution(request: HttpRequest, institution_id: int) -> HttpResponse:
    """Members, open invitations, and the form for another."""
    person = cast("User", request.user)
    found = get_object_or_404(inviting_institutions(person), pk=institution_id)
    form = InvitationForm(person, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            invite(found, said["email"], Role(said["role"]), said["kinds"], person)
        except TooManyError as error:
            form.add_error(None, error.messages[0])
        else:
            messages.success(request, _("Undangan untuk %s dikirim.") % said["email"])
            return redirect("members:institution", found.pk)
    return _members(request, found, form)


@require_POST
def take_back(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Withdraw an invitation."""
    own = Invitation.objects.filter(institution__in=inviting_institutions(request.user))
    invitation = get_object_or_404(own, pk=invitation_id)
    withdraw(invitation, cast("User", request.user))
    messages.success(request, _("Undangan untuk %s ditarik.") % invitation.email)
    return redirect("members:institution", invitation.institution_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponseBase:
    """What a mail's link leads to. Only sending the form accepts: a mail programme may look at the page."""
    try:
        invitation = read(token)
        response = _answered(request, token, invitation)
    except InvitationLapsedError:
        response = render(request, "institutions/inviting/lapsed.html", status=GONE)
    # The address is a key: it is told to no other site. ("no-referrer" would hide the form's own origin too.)
    response["Referrer-Policy"] = "same-origin"
    return response


def _answered(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    accounts = get_user_model().objects.filter(email__iexact=invitation.email)
    known = accounts.order_by("-is_active", "pk").first()
    if request.user.is_authenticated and request.user.email.casefold() == invitation.email.casefold():
        # Two accounts of an address that is written in two ways: the one that is signed in.
        known = request.user
    if known is not None:
        return _by_known(request, token, invitation, known)
    form = AccountForm(invitation, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                user = form.save()
                accept(token, user)
        except IntegrityError:
            # The form was sent twice: the account is there by now.
            raise InvitationLapsedError from None
        login(request, user, BACKEND)
        messages.success(request, _("Selamat datang. Akun Anda: %s.") % user.email)
        return redirect("wagtailadmin_home")
    context = {"invitation": invitation, "form": form}
    status = 422 if form.errors else 200
    return render(request, "institutions/inviting/answer.html", context, status=status)


def _by_known(request: HttpRequest, token: str, invitation: Invitation, known: "User") -> HttpResponse:
    """Who has an account signs in to it and accepts."""
    if not known.is_active:
        return render(request, "institutions/inviting/answer.html", {"invitation": invitation, "off": True})
    if request.user != known:
        login_url = f"{reverse('wagtailadmin_login')}?next={request.path}"
        context = {"invitation": invitation, "login_url": login_url, "other": request.user.is_authenticated}
        return render(request, "institutions/inviting/answer.html", context)
    if request.method == "POST":
        accept(token, known)
        messages.success(request, _("Anda sekarang menulis untuk %s.") % invitation.institution)
        return redirect("wagtailadmin_home")
    return render(request, "institutions/inviting/answer.html", {"invitation": invitation, "ready": True})


def _members(request: HttpRequest, found: Institution, form: InvitationForm) -> HttpResponse:
    current = Membership.objects.current().filter(institution=found).select_related("user")
    waiting = Invitation.objects.current().filter(institution=found)
    members = Paginator(current.order_by("user__email", "pk"), PAGE_SIZE).get_page(request.GET.get("p"))
    changeable = changeable_by(request.user).filter(pk__in=[member.pk for member in members])
    open_kinds = kinds_open_to(request.user, found)
    shown = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("u"))
    withdrawable = {one.pk for one in shown if may_withdraw(one, open_kinds)}
    trail = [{"url": reverse("members:index"), "label": _("Anggota")}, {"url": "", "label": found.name}]
    return render(
        request,
        "institutions/inviting/institution.html",
        {"header_title": found.name, "header_icon": "group", "breadcrumbs_items": trail, "form": form,
         "members": members, "changeable": set(changeable.values_list("pk", flat=True)),
         "waiting": shown, "withdrawable": withdrawable},
        status=400 if form.errors else 200,
    )  # fmt: skip
