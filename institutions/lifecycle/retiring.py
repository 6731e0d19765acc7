"""An institution that is no more: nobody writes for it, and all it wrote stays. And the way back."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from institutions import memberships
from institutions.approval.handing_back import ask_anew
from institutions.approval.owners import owners_reviews
from institutions.lifecycle.belongings import pages_below, reviews_of, scheduled_of, sections_of
from institutions.lifecycle.rights import may_end, may_reinstate
from institutions.locking import locked
from institutions.log import REINSTATE, RETIRE
from institutions.models import (
    Institution,
    InstitutionChange,
    Invitation,
    Membership,
    Workspace,
)
from institutions.provisioning import provision
from institutions.refusals import NotNowError
from institutions.roles import SECTION_ROLES, Role

if TYPE_CHECKING:
    from accounts.models import User

Kind = InstitutionChange.Kind


@transaction.atomic
def retire(
    institution: Institution,
    by: "User",
    reason: str,
    on: datetime.date,
    cancel_scheduled: bool = False,
) -> InstitutionChange:
    """End an institution. Raises `NotNowError` where that cannot be, or the person may not."""
    (institution,) = locked(institution.pk)
    if not may_end(by):
        raise NotNowError(_("Anda tidak berhak mengakhiri instansi."))
    if why := why_not_retire(institution):
        raise NotNowError(why)
    pages = pages_below(sections_of(institution))
    ended = close(institution, by)
    if cancel_scheduled:
        for revision in scheduled_of(pages):
            revision.approved_go_live_at = None
            revision.save(user=by, update_fields=["approved_go_live_at"])
    institution.save(update_fields=["is_active"])
    # Programme owners are told what is theirs to settle now.
    asked = ask_anew(owners_reviews(reviews_of(pages)))
    change = InstitutionChange.objects.create(
        institution=institution, kind=Kind.RETIRED, happened_on=on, reason=reason, made_by=by,
        details={"memberships": ended, "reviews": asked},
    )  # fmt: skip
    log(institution, RETIRE, user=by, data={"reason": reason, "on": on.isoformat(), "members": len(ended)})
    return change


@transaction.atomic
def reinstate(institution: Institution, by: "User", reason: str, members: bool = True) -> list[str]:
    """Undo a retirement; `members`: those who lost their role by it have it again. Returns who could not be
    given it. Raises `NotNowError`."""
    (institution,) = locked(institution.pk)
    if not may_reinstate(by):
        raise NotNowError(_("Hanya administrator yang dapat menghidupkan kembali instansi."))
    if why := why_not_reinstate(institution):
        raise NotNowError(why)
    institution.is_active = True
    institution.save(update_fields=["is_active"])
    workspace = Workspace.objects.filter(institution=institution).first()
    if workspace is not None:
        Workspace.objects.filter(pk=workspace.pk).update(retired_at=None)
        provision(institution, workspace.kinds)
    lapsed = _restore_members(institution, by) if members else []
    InstitutionChange.objects.create(institution=institution, kind=Kind.REINSTATED, reason=reason, made_by=by)
    log(institution, REINSTATE, user=by, data={"reason": reason})
    return lapsed


def why_not_retire(institution: Institution) -> str:
    """Why an institution cannot be retired, "" if it can."""
    if institution.merged_into is not None:
        return _("Instansi ini sudah digabung ke %s.") % institution.merged_into
    if not institution.is_active and not _is_open(institution):
        return _("Instansi ini sudah dinyatakan tidak ada lagi.")
    return ""


def why_not_reinstate(institution: Institution) -> str:
    """Why an institution cannot be reinstated, "" if it can."""
    if institution.merged_into is not None:
        return _(
            "Instansi ini sudah digabung ke %s; isi dan namanya ada di sana. Bila dibentuk kembali, "
            "daftarkan sebagai instansi baru."
        ) % (institution.merged_into)
    if institution.is_active:
        return _("Instansi ini masih ada.")
    return ""


def close(institution: Institution, by: "User") -> list[int]:
    """Take from an institution, held under a lock, all who act for it. Returns the ids of the memberships
    ended. Roles that reach over the whole portal are not this institution's to give or take: they stay."""
    institution.is_active = False
    ended = []
    held = Membership.objects.current().filter(institution=institution, role__in=SECTION_ROLES)
    for membership in held.select_related("user", "institution"):
        memberships.end(membership, by)
        ended.append(membership.pk)
    Invitation.objects.filter(institution=institution, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    for workspace in Workspace.objects.filter(institution=institution, retired_at=None):
        workspace.retired_at = timezone.now()
        workspace.save(update_fields=["retired_at"])
        # Nobody is in them any more; whoever should be put in by mistake has nothing by it.
        for rights in (GroupPagePermission, GroupCollectionPermission):
            rights.objects.filter(group__role__workspace=workspace).delete()
    return ended


def _is_open(institution: Institution) -> bool:
    """Whether somebody still acts for it: closed by a loaded file alone it has a workspace still."""
    members = Membership.objects.current().filter(institution=institution, role__in=SECTION_ROLES)
    return Workspace.objects.filter(institution=institution, retired_at=None).exists() or members.exists()


def _restore_members(institution: Institution, by: "User") -> list[str]:
    last = InstitutionChange.objects.filter(institution=institution, kind=Kind.RETIRED).first()
    ids: Iterable[int] = last.details.get("memberships", []) if last else []
    lapsed = []
    for old in Membership.objects.filter(pk__in=ids).select_related("user"):
        if old.user.is_active:
            memberships.begin(old.user, institution, Role(old.role), old.kinds, by=by)
        else:
            lapsed.append(str(old.user))
    return lapsed
