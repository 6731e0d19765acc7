"""Signing in and out, failures, lockouts and new passwords as entries in the log.

What is typed as the name of an account nobody has is kept nowhere: people type their password there.
"""

from datetime import timedelta
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import ModelLogEntry

from accounts.lockout import KEPT_DAYS
from accounts.models import User
from cms.audit.origin import current_origin
from cms.client import address
from cms.person import person_at_work

SIGN_IN, SIGN_OUT = "accounts.sign_in", "accounts.sign_out"
FAILURE, LOCKOUT = "accounts.sign_in_failure", "accounts.lockout"
PASSWORD = "accounts.password"  # noqa: S105, the name of an action


def register(actions: LogActionRegistry) -> None:
    """For the hook `register_log_actions`."""
    actions.register_action(SIGN_IN, _("Masuk"), _("Masuk"))
    actions.register_action(SIGN_OUT, _("Keluar"), _("Keluar"))
    actions.register_action(FAILURE, _("Gagal masuk"), _("Gagal masuk ke akun ini"))
    actions.register_action(
        LOCKOUT, _("Dikunci sementara"), _("Terlalu banyak kata sandi salah: dikunci sementara")
    )
    actions.register_action(PASSWORD, _("Ganti kata sandi"), _("Kata sandi diganti"))


def connect() -> None:
    """Called once, from the app's `ready`."""
    user_logged_in.connect(_signed_in, dispatch_uid="entry of a sign-in")
    user_logged_out.connect(_signed_out, dispatch_uid="entry of a sign-out")
    user_login_failed.connect(_failed, dispatch_uid="entry of a failed sign-in")
    user_locked_out.connect(_locked_out, dispatch_uid="entry of a lockout")
    post_save.connect(_saved, sender=User, dispatch_uid="entry of a new password")


def drop_old() -> None:
    """Failures and lockouts go with the addresses they name; a flood of them does not stay for good."""
    limit = timezone.now() - timedelta(days=KEPT_DAYS)
    ModelLogEntry.objects.filter(action__in=(FAILURE, LOCKOUT), timestamp__lt=limit).delete()


def _signed_in(sender: object, user: User, **kwargs: Any) -> None:
    log(instance=user, action=SIGN_IN, user=user)


def _signed_out(sender: object, user: User | None, **kwargs: Any) -> None:
    if user is not None and user.pk:
        log(instance=user, action=SIGN_OUT, user=user)


def _failed(
    sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    if request is not None and not _refused_at_once(request):
        _note_attempt(FAILURE, request, credentials.get("username"))


def _locked_out(sender: object, request: HttpRequest, username: str | None, **kwargs: Any) -> None:
    if not _refused_at_once(request):
        _note_attempt(LOCKOUT, request, username)


def _refused_at_once(request: HttpRequest) -> bool:
    """Whether somebody tries on who was locked out before: his failures are not counted, and fill no log."""
    locked_out = getattr(request, "axes_locked_out", False)
    return locked_out and getattr(request, "axes_failures_since_start", None) is None


def _note_attempt(action: str, request: HttpRequest, name: Any) -> None:
    """Nobody has proved who he is: the entry has no person, and the account as its object."""
    known = User.objects.filter(username=name).first() if isinstance(name, str) and "\0" not in name else None
    # An entry needs an object with a key; no account has this one.
    account, title = (known, str(known)) if known else (User(pk=0), gettext("(akun tidak dikenal)"))
    log(instance=account, action=action, title=title, data={"address": address(request)})


def _saved(sender: object, instance: User, created: bool, raw: bool = False, **kwargs: Any) -> None:
    # Django forgets the new password after telling of the saved account; a hash brought up to date sets none.
    if raw or created or getattr(instance, "_password", None) is None:
        return
    # A link from a mail is used without being signed in, by who reads the account's mail.
    by = person_at_work() or (instance if current_origin() else None)
    log(instance=instance, action=PASSWORD, user=by)
