"""Who is a member of which institution, in which role: begun and ended here, with the groups of the role."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from institutions.approval.handing_back import only_asked, pass_on
from institutions.locking import locked
from institutions.log import BEGIN, END
from institutions.models import Institution, Membership, RoleGroup, Workspace
from institutions.roles import PORTAL_ROLES, SECTION_ROLES, Role, SectionKind, Source

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@transaction.atomic
def begin(
    user: "User",
    institution: Institution,
    role: Role,
    kinds: Iterable[SectionKind | str] = (),
    source: str = "",
    by: "User | None" = None,
) -> Membership:
    """Make somebody a member, or widen the sections of a membership he has already. Returns it.

    Raises `ValidationError` that says what does not go together.
    """
    wanted = sorted({SectionKind(kind).value for kind in kinds})
    _check(institution, role, wanted, source)
    own = Membership.objects.select_for_update().current()
    found = own.filter(user=user, institution=institution, role=role, source=source).first()
    if found is None:
        found = Membership(user=user, institution=institution, role=role, source=source, started_by=by)
    new = [kind for kind in wanted if kind not in found.kinds]
    if found.pk is None or new:
        found.kinds = sorted({*found.kinds, *wanted})
        found.save()
        _log(BEGIN, found, by, new)
    apply(user)
    return found


@transaction.atomic
def end(membership: Membership, by: "User | None" = None) -> None:
    """End a membership; it stays as history. Ended before, nothing changes. What lay on the person's desk
    and is his no longer is freed; of what nobody else was asked for in a role of the whole portal, who stands
    in is told. (What a section's last editor leaves behind is told by who ends him: `change`, `retire`.)"""
    held = Membership.objects.select_for_update().get(pk=membership.pk)
    leaves_portal = held.ended_at is None and held.role not in SECTION_ROLES
    only_his = only_asked([held.user]) if leaves_portal else []
    if held.ended_at is None:
        held.ended_at, held.ended_by = timezone.now(), by
        held.save(update_fields=["ended_at", "ended_by"])
        _log(END, held, by, held.kinds)
    membership.ended_at, membership.ended_by = held.ended_at, held.ended_by
    apply(held.user)
    pass_on([held.user], only_his)


def apply(user: "User") -> None:
    """Put a person into the groups of his current memberships and out of those of others. Groups that carry
    no role are left alone. An administrator's rights are no group's but those of a superuser."""
    own = Membership.objects.filter(user=user)
    current = list(own.current())
    wanted = set(_groups_of(current))
    held = set(Group.objects.filter(user=user, role__isnull=False).values_list("pk", flat=True))
    user.groups.remove(*held - wanted)
    user.groups.add(*wanted - held)
    # Who was made a superuser otherwise, by command, is none of these memberships' business.
    if own.filter(role=Role.ADMINISTRATOR).exists():
        user.is_superuser = user.is_staff = any(one.role == Role.ADMINISTRATOR for one in current)
        user.save(update_fields=["is_superuser", "is_staff"])


def editors_of(institution: Institution | int | None, kind: SectionKind) -> QuerySet["User"]:
    """Who edits an institution's sections of this kind, and may sign in."""
    groups = RoleGroup.objects.filter(
        role=Role.EDITOR, kind=kind, workspace__institution=institution, workspace__retired_at=None
    )
    return get_user_model().objects.filter(is_active=True, groups__role__in=groups).distinct()


def institutions_edited_by(user: "User | AnonymousUser", kind: SectionKind) -> QuerySet[Institution]:
    """The institutions in whose sections of this kind a person is an editor."""
    groups = RoleGroup.objects.filter(
        role=Role.EDITOR, kind=kind, group__user=user.pk, workspace__retired_at=None
    )
    return Institution.objects.filter(workspace__groups__in=groups)


def holds(user: "User | AnonymousUser", role: Role) -> bool:
    """Whether a person has a role that reaches over the whole portal."""
    return (
        user.is_active and RoleGroup.objects.filter(role=role, workspace=None, group__user=user.pk).exists()
    )


def reaches_everywhere(user: "User | AnonymousUser") -> bool:
    """Whether a person has a role of the whole portal. Such a person signs in with a second step."""
    return RoleGroup.objects.filter(workspace=None, group__user=user.pk).exists()


def oversees(user: "User | AnonymousUser") -> bool:
    """Whether a person may see and settle what belongs to any institution."""
    return user.is_superuser or holds(user, Role.PROGRAMME_OWNER)


def _log(action: str, membership: Membership, by: "User | None", kinds: Iterable[str]) -> None:
    said = {"person": str(membership.user), "user_id": membership.user_id, "role": str(membership.role)}
    log(membership.institution, action, user=by, data={**said, "kinds": [str(kind) for kind in kinds]})


def _groups_of(memberships: Iterable[Membership]) -> Iterable[int]:
    """Ids of the groups that carry these memberships' rights."""
    wanted = Q(pk=None)
    for one in memberships:
        if one.role in SECTION_ROLES:
            wanted |= Q(role=one.role, kind__in=one.kinds, workspace__institution=one.institution_id)
        elif one.role in PORTAL_ROLES:
            wanted |= Q(role=one.role, source=one.source, workspace=None)
    return RoleGroup.objects.filter(wanted).values_list("group_id", flat=True)


def _check(institution: Institution, role: Role, kinds: list[str], source: str) -> None:
    if (role is Role.VALIDATOR) != bool(source):
        raise ValidationError(_("Sebutkan sumber bagi validator, dan hanya bagi validator."))
    if source and source not in Source.values:
        raise ValidationError(_("Sumber “%(source)s” tidak dikenal."), params={"source": source})
    if role not in SECTION_ROLES:
        if kinds:
            raise ValidationError(_("Peran ini berlaku di seluruh portal, bukan di bagian tertentu."))
        return
    if not kinds:
        raise ValidationError(_("Pilih sedikitnya satu bagian."))
    # Whoever closes it at this moment has to wait, or has closed it.
    locked(institution.pk)
    workspace = Workspace.objects.filter(institution=institution, retired_at=None).first()
    missing = [kind for kind in kinds if workspace is None or kind not in workspace.kinds]
    if missing:
        raise ValidationError(
            _("%(institution)s belum memiliki bagian: %(kinds)s."),
            params={
                "institution": institution.name,
                "kinds": ", ".join(str(SectionKind(kind).label) for kind in missing),
            },
        )
