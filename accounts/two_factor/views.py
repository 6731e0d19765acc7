"""Entering a code, setting the second step up, and what one has of it."""

from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth import logout
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.two_factor import codes, log
from accounts.two_factor.codes import Answer
from accounts.two_factor.forms import CodeForm, MoveForm
from accounts.two_factor.session import DONE, STATE, finish, person_of, required

SECRET = "second_step_secret"  # noqa: S105 — the name of a session's entry


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponseBase:
    """The code after the password."""
    person = person_of(request)
    if person is None:
        return redirect("wagtailadmin_login")
    if not codes.is_on(person):
        return redirect("two_factor:set_up")
    if request.session.get(STATE) == DONE:
        return redirect(_onward(request))
    form = CodeForm(request.POST if request.method == "POST" else None)
    # Here there is nothing to read first.
    form.fields["code"].widget.attrs["autofocus"] = True
    if request.method == "POST" and form.is_valid():
        answer = codes.check(person, form.cleaned_data["code"])
        if answer is Answer.RIGHT:
            finish(request, person)
            return redirect(_onward(request))
        log.wrong_code(person, answer)
        if answer is Answer.WRONG:
            form.add_error(
                "code", _("Kode itu salah, sudah dipakai, atau sudah lewat. Coba kode yang sekarang tampil.")
            )
    waits = codes.waits_until(person)
    status = 429 if waits else 422 if form.errors else 200
    return _page(request, "enter", person, status, form=form, waits=waits)


@never_cache
@sensitive_post_parameters("code", "present")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponseBase:
    """Turning it on, or moving it to another app. Where it is on already, only after the code was entered."""
    person = person_of(request)
    if person is None:
        return redirect("wagtailadmin_login")
    moves = codes.is_on(person)
    if moves and request.session.get(STATE) != DONE:
        return redirect("two_factor:enter")
    secret = request.session.setdefault(SECRET, codes.new_secret())
    form = (MoveForm if moves else CodeForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _fits(form, secret) and _is_theirs(form, person):
        recovery = codes.set_up(person, secret, form.cleaned_data["code"])
        if recovery is not None:
            del request.session[SECRET]
            finish(request, person)
            log.turned_on(person)
            return _recovery_codes(request, person, recovery)
    picture = segno.make(codes.address(person, secret)).svg_inline(
        scale=5, border=4, dark="#000", light="#fff"
    )
    return _page(
        request, "set_up", person, 422 if form.errors else 200, form=form, secret=secret,
        must=required(person),
        # Made by segno of an address we made: nothing in it is anybody's text as markup.
        picture=mark_safe(picture),  # noqa: S308
    )  # fmt: skip


def state(request: HttpRequest) -> HttpResponse:
    """For who is signed in: whether it is on, and what can be done."""
    person: User = request.user  # type: ignore[assignment]
    step = getattr(person, "second_step", None)
    trail = [
        {"url": reverse("wagtailadmin_account"), "label": _("Akun")},
        {"url": "", "label": _("Masuk dua langkah")},
    ]
    return render(
        request,
        "accounts/two_factor/state.html",
        {"header_title": _("Masuk dua langkah"), "header_icon": "key", "breadcrumbs_items": trail,
         "step": step, "left": len(step.recovery) if step else 0, "must": required(person)},
    )  # fmt: skip


@never_cache
@require_POST
def renew(request: HttpRequest) -> HttpResponseBase:
    """New recovery codes, shown once."""
    person: User = request.user  # type: ignore[assignment]
    if not _confirmed(request, person):
        return redirect("two_factor_state")
    log.codes_renewed(person)
    return _recovery_codes(request, person, codes.renew_recovery_codes(person))


@require_POST
def turn_off(request: HttpRequest) -> HttpResponseBase:
    """Where it is not required."""
    person: User = request.user  # type: ignore[assignment]
    if required(person):
        messages.error(request, _("Peran Anda mewajibkan masuk dua langkah."))
    elif _confirmed(request, person):
        codes.turn_off(person)
        log.turned_off(person)
        messages.success(request, _("Masuk dua langkah dimatikan."))
    return redirect("two_factor_state")


def _confirmed(request: HttpRequest, person: User) -> bool:
    """Whether the form carries a right code: an open window on somebody's desk must not be enough."""
    if codes.is_on(person) and codes.check(person, request.POST.get("code", "")[:40]) is Answer.RIGHT:
        return True
    messages.error(request, _("Kode itu salah atau sudah dipakai. Tidak ada yang diubah."))
    return False


def _fits(form: Form, secret: str) -> bool:
    """Asked before the other code, which is used up by asking."""
    fits = codes.fits(secret, form.cleaned_data["code"])
    if not fits:
        form.add_error(
            "code", _("Kode itu tidak cocok. Periksa jam telepon Anda, lalu coba kode yang sekarang tampil.")
        )
    return fits


def _is_theirs(form: Form, person: User) -> bool:
    """Whether who moves the second step can do it himself. Nothing is asked where there was none."""
    if "present" not in form.fields or codes.check(person, form.cleaned_data["present"]) is Answer.RIGHT:
        return True
    form.add_error("present", _("Kode itu salah, sudah dipakai, atau sudah lewat."))
    return False


def _recovery_codes(request: HttpRequest, person: User, recovery: list[str]) -> HttpResponse:
    return _page(request, "recovery", person, 200, recovery=recovery, onward=_onward(request))


def _page(request: HttpRequest, name: str, person: User, status: int, **context: Any) -> HttpResponse:
    context |= {"person": person, "next": request.GET.get("next", "")}
    return render(request, f"accounts/two_factor/{name}.html", context, status=status)


def _onward(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, request.get_host(), require_https=request.is_secure()):
        return wanted
    return reverse("wagtailadmin_home")


@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """Back to the sign-in page: the password was somebody else's, or the telephone is not at hand."""
    logout(request)
    return redirect("wagtailadmin_login")
