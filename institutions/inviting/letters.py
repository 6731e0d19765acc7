"""An invitation: who may send which, the mail, and what accepting it does."""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.readers import language_at
from institutions import memberships
from institutions.locking import locked
from institutions.log import ACCEPT, INVITE, WITHDRAW
from institutions.models import Institution, Invitation, Membership, RoleGroup, Workspace
from institutions.refusals import NotYoursError, TooManyError
from institutions.roles import SECTION_ROLES, Role, SectionKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

VALID = timedelta(days=7)
DAY = timedelta(days=1)


class InvitationLapsedError(Exception):
    """Forged, too old, used, withdrawn, or sent by somebody who may not invite any more."""


def inviting_institutions(user: "User | AnonymousUser") -> QuerySet[Institution]:
    """Institutions to which a person may invite: those he edits; overseers, all that write here."""
    open_ones = Workspace.objects.filter(retired_at=None)
    if not memberships.oversees(user):
        groups = RoleGroup.objects.filter(role=Role.EDITOR, group__user=user.pk)
        open_ones = open_ones.filter(groups__in=groups)
    return Institution.objects.filter(workspace__in=open_ones).order_by("name")


def kinds_open_to(user: "User | AnonymousUser", institution: Institution) -> list[str]:
    """The sections of an institution to which a person may invite: those he edits himself."""
    workspace = Workspace.objects.filter(institution=institution, retired_at=None).first()
    if workspace is None:
        return []
    if memberships.oversees(user):
        return sorted(workspace.kinds)
    groups = RoleGroup.objects.filter(workspace=workspace, role=Role.EDITOR, group__user=user.pk)
    return sorted(groups.values_list("kind", flat=True))


@transaction.atomic
def invite(
    institution: Institution, email: str, role: Role, kinds: Iterable[SectionKind | str], by: "User"
) -> Invitation:
    """Write an invitation and its mail. An earlier one to the same address and role lapses, unless it leads
    to sections that this one does not.

    Raises `NotYoursError` where `by` may not invite so, `TooManyError` where he has invited enough for a day.
    """
    wanted = sorted({SectionKind(kind).value for kind in kinds})
    email = email.strip().lower()
    if not _may_invite(by, institution, role, wanted):
        raise NotYoursError(_("Anda hanya dapat mengundang ke bagian yang Anda kelola sendiri."))
    _check_number(institution, by)
    for earlier in Invitation.objects.current().filter(institution=institution, email=email, role=role):
        if set(earlier.kinds) <= set(wanted):
            _withdraw(earlier, by)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        institution=institution, email=email, role=role, kinds=wanted, token_hash=_hash(token),
        invited_by=by, expires_at=timezone.now() + VALID,
    )  # fmt: skip
    log(instance=invitation, action=INVITE, user=by, data={"kinds": wanted})
    _mail(invitation, token)
    return invitation


def may_withdraw(invitation: Invitation, open_kinds: Collection[str]) -> bool:
    """Whether somebody to whom these sections are open (`kinds_open_to`) decides over an invitation."""
    return bool(open_kinds) and set(invitation.kinds) <= set(open_kinds)


@transaction.atomic
def withdraw(invitation: Invitation, by: "User") -> None:
    """It cannot be accepted any more. One that is accepted already stays so.

    Raises `NotYoursError` where it leads to sections over which `by` does not decide.
    """
    locked(invitation.institution_id)
    held = Invitation.objects.select_related("institution").get(pk=invitation.pk)
    if not may_withdraw(held, kinds_open_to(by, held.institution)):
        raise NotYoursError(_("Anda hanya dapat menarik undangan ke bagian yang Anda kelola sendiri."))
    if held.accepted_at is None and held.withdrawn_at is None:
        _withdraw(held, by)


def read(token: str) -> Invitation:
    """The invitation of a link. Raises `InvitationLapsedError`."""
    found = Invitation.objects.current().filter(token_hash=_hash(token))
    invitation = found.select_related("institution", "invited_by").first()
    if invitation is None:
        raise InvitationLapsedError
    role = Role(invitation.role)
    if not _may_invite(invitation.invited_by, invitation.institution, role, invitation.kinds):
        raise InvitationLapsedError
    return invitation


@transaction.atomic
def accept(token: str, user: "User") -> Membership:
    """Make the person a member, once. Raises `InvitationLapsedError`, also for another's address."""
    invitation = read(token)
    # Who closes it at this moment withdraws the invitation, too.
    locked(invitation.institution_id)
    # Two at the same time: the second finds it used.
    used = Invitation.objects.current().filter(pk=invitation.pk)
    if user.email.lower() != invitation.email or not used.update(
        accepted_at=timezone.now(), accepted_by=user
    ):
        raise InvitationLapsedError
    log(instance=invitation, action=ACCEPT, user=user)
    role = Role(invitation.role)
    try:
        return memberships.begin(
            user, invitation.institution, role, invitation.kinds, by=invitation.invited_by
        )
    except ValidationError as error:
        # Its institution was closed at this moment.
        raise InvitationLapsedError from error


def _check_number(institution: Institution, by: "User") -> None:
    # One after the other, or each would count without the other's.
    locked(institution.pk)
    limit = settings.INVITATIONS_A_DAY
    sent = Invitation.objects.filter(institution=institution, invited_by=by)
    if sent.filter(invited_at__gt=timezone.now() - DAY).count() >= limit:
        raise TooManyError(
            _("Anda sudah mengirim %d undangan untuk instansi ini dalam 24 jam terakhir. Coba lagi besok.")
            % limit
        )


def _may_invite(by: "User", institution: Institution, role: Role, kinds: list[str]) -> bool:
    allowed = kinds_open_to(by, institution)
    return by.is_active and role in SECTION_ROLES and bool(kinds) and set(kinds) <= set(allowed)


def _withdraw(invitation: Invitation, by: "User") -> None:
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    log(instance=invitation, action=WITHDRAW, user=by)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _mail(invitation: Invitation, token: str) -> None:
    # Of the form it was written in, where nobody is known at that address.
    with override(language_at(invitation.email, get_language() or settings.LANGUAGE_CODE)):
        link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('inviting:answer', args=[token])}"
        kinds = ", ".join(invitation.kind_labels)
        context = {"invitation": invitation, "link": link, "kinds": kinds}
        body = render_to_string("institutions/mails/invitation.txt", context).strip() + "\n"
        subject = _("[JIPPNas] Undangan dari %s") % " ".join(invitation.institution.name.split())[:120]
    EmailMessage(subject=subject, body=body, to=[invitation.email]).send()
