"""Mails that are given up: administrators see why, and have the worker try again, or throw them away."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, log

from cms.models import OutgoingMail

TRY_AGAIN, DISCARD = "cms.try_mail_again", "cms.discard_mail"
SHOWN = 50


def given_up() -> QuerySet[OutgoingMail]:
    """The latest first."""
    return OutgoingMail.objects.exclude(given_up_at=None).order_by("-given_up_at", "-pk")


@transaction.atomic
def try_again(mails: QuerySet[OutgoingMail], by: AbstractBaseUser) -> int:
    """Have these mails sent as if they were new; returns how many."""
    found = list(mails.select_for_update())
    for mail in found:
        log(instance=mail, action=TRY_AGAIN, user=by)
    OutgoingMail.objects.filter(pk__in=[mail.pk for mail in found]).update(
        given_up_at=None, tries=0, next_try_at=timezone.now()
    )
    return len(found)


@transaction.atomic
def discard(mails: QuerySet[OutgoingMail], by: AbstractBaseUser) -> int:
    """Send these mails never; returns how many."""
    found = list(mails.select_for_update())
    for mail in found:
        log(instance=mail, action=DISCARD, user=by, deleted=True)
        mail.delete()
    return len(found)


class ChoiceForm(forms.Form):
    """What is to be done, with one of them or with all."""

    do = forms.ChoiceField(choices=[("again", ""), ("discard", "")], widget=forms.HiddenInput)
    mail = forms.ModelChoiceField(OutgoingMail.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mail: Any = self.fields["mail"]
        mail.queryset = given_up()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("do") == "discard" and not cleaned.get("mail"):
            self.add_error("mail", _("Surel dibuang satu per satu."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The list, for administrators: it names who was written to about what."""
    if not request.user.is_superuser:
        raise PermissionDenied
    if request.method == "POST":
        _do(request, ChoiceForm(request.POST))
        return redirect("failed_mail")
    title = _("Surel gagal")
    mails = given_up()
    return render(
        request,
        "cms/failed_mail.html",
        {"header_title": title, "header_icon": "mail", "breadcrumbs_items": [{"url": "", "label": title}],
         "mails": mails[:SHOWN], "number": mails.count()},
    )  # fmt: skip


class FailedMailMenuItem(MenuItem):
    """For administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser


def register(actions: LogActionRegistry) -> None:
    """The log's actions."""
    actions.register_action(
        TRY_AGAIN, gettext_lazy("Coba kirim surel lagi"), gettext_lazy("Menyuruh kirim lagi surel yang gagal")
    )
    actions.register_action(
        DISCARD, gettext_lazy("Buang surel"), gettext_lazy("Membuang surel yang gagal dikirim")
    )


def _do(request: HttpRequest, form: ChoiceForm) -> None:
    if not form.is_valid():
        messages.warning(request, _("Tidak ada yang dilakukan: surel itu sudah dikirim atau dibuang."))
        return
    mail, by = form.cleaned_data["mail"], cast("AbstractBaseUser", request.user)
    chosen = given_up().filter(pk=mail.pk) if mail else given_up()
    if form.cleaned_data["do"] == "discard":
        discard(chosen, by)
        messages.success(request, _("Surel dibuang."))
    else:
        number = try_again(chosen, by)
        told = ngettext("%d surel segera dikirim lagi.", "%d surel segera dikirim lagi.", number)
        messages.success(request, told % number)
