"""One institution becomes part of another: all or nothing, and nothing of either is lost."""

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Collection, Page

from institutions import memberships
from institutions.approval.handing_back import ask_anew, hand_back
from institutions.approval.owners import owners_reviews
from institutions.lifecycle.belongings import reviews_of, sections_of
from institutions.lifecycle.moving import hand_over, provide_sections
from institutions.lifecycle.retiring import close
from institutions.lifecycle.rights import may_end
from institutions.locking import locked
from institutions.log import ABSORB, MERGE
from institutions.models import Institution, InstitutionChange, InstitutionName, Membership, Workspace
from institutions.provisioning import provision
from institutions.refusals import NotNowError
from institutions.roles import SECTION_ROLES, Role, SectionKind

if TYPE_CHECKING:
    from accounts.models import User

Kind = InstitutionChange.Kind


@transaction.atomic
def merge(
    old: Institution,
    new: Institution,
    by: "User",
    reason: str,
    on: datetime.date,
    take_members: bool = False,
) -> InstitutionChange:
    """Make everything of `old` part of `new`. With `take_members` its members have the same roles there.

    Raises `NotNowError` where that cannot be, or the person may not.
    """
    if old.pk == new.pk:
        raise NotNowError(why_not_merge(old, new))
    # Two who merge them both ways: the second waits, and is refused.
    old, new = locked(old.pk, new.pk)
    if not may_end(by):
        raise NotNowError(_("Anda tidak berhak menggabungkan instansi."))
    if why := why_not_merge(old, new):
        raise NotNowError(why)
    _open_sections(old, new)
    pages = hand_over(old, new, by)
    moved = _move_members(old, new, by, take_members)
    ended = close(old, by)
    _join_files(old, new)
    _join_names(old, new)
    old.merged_into = new
    old.save(update_fields=["is_active", "merged_into"])
    Institution.objects.filter(merged_into=old).update(merged_into=new)
    new.predecessors.add(old)
    # By its signal the search reads anew whatever names it.
    new.save()
    reviews = reviews_of(Page.objects.filter(pk__in=pages))
    hand_back(reviews.select_related("workflow_state", "task", "assigned_to").exclude(assigned_to=None))
    asked = ask_anew(owners_reviews(reviews))
    details = {"pages": len(pages), "memberships": ended, "taken": moved, "reviews": asked}
    said = {"happened_on": on, "reason": reason, "made_by": by, "details": details}
    InstitutionChange.objects.create(institution=new, kind=Kind.ABSORBED, other=old, **said)
    change = InstitutionChange.objects.create(institution=old, kind=Kind.MERGED, other=new, **said)
    log(old, MERGE, user=by, data={"other": new.name, "other_id": new.pk, "reason": reason})
    log(new, ABSORB, user=by, data={"other": old.name, "other_id": old.pk, "reason": reason})
    return change


def why_not_merge(old: Institution, new: Institution) -> str:
    """Why the first cannot become part of the second, "" if it can."""
    if old.pk == new.pk:
        return _("Pilih instansi lain; instansi tidak dapat digabung ke dirinya sendiri.")
    if old.merged_into is not None:
        return _("%(old)s sudah digabung ke %(into)s.") % {"old": old.name, "into": old.merged_into}
    if not new.is_active:
        into = new.merged_into
        if into is not None and into.pk != old.pk:
            return _("%(new)s sudah digabung ke %(into)s; pilih %(into)s.") % {"new": new.name, "into": into}
        return _("%s sudah tidak ada; pilih instansi yang masih ada.") % new.name
    if _came_from(old, new):
        return _("%(new)s tercatat sebagai pendahulu %(old)s; gabungkan ke arah sebaliknya.") % {
            "new": new.name, "old": old.name,
        }  # fmt: skip
    return ""


def _came_from(later: Institution, earlier: Institution) -> bool:
    """Whether `earlier` is a predecessor of `later`, or one of its predecessors' and so on."""
    seen: set[int] = set()
    asked = {later.pk}
    while asked:
        found = Institution.predecessors.through.objects.filter(from_institution__in=asked)
        asked = set(found.values_list("to_institution", flat=True)) - seen
        seen |= asked
    return earlier.pk in seen


def _open_sections(old: Institution, new: Institution) -> None:
    """Wherever the one has a section the other gets one, with groups if either has members' groups."""
    kinds = {section.section_kind for section in sections_of(old)}
    spaces = {space.institution_id: space for space in Workspace.objects.filter(institution__in=(old, new))}
    if old.pk in spaces:
        kinds |= {SectionKind(kind) for kind in spaces[old.pk].kinds}
    if spaces:
        provision(new, kinds)
    # Those a file's import made are in no workspace.
    provide_sections(old, new)


def _move_members(old: Institution, new: Institution, by: "User", take: bool) -> int:
    """Roles in sections only if chosen, those over the whole portal always: they are not the institution's.
    Returns how many were taken over."""
    taken = 0
    for held in Membership.objects.current().filter(institution=old).select_related("user"):
        role = Role(held.role)
        if role not in SECTION_ROLES:
            memberships.begin(held.user, new, role, source=held.source, by=by)
            memberships.end(held, by)
            taken += 1
        elif take and held.user.is_active and (kinds := _lacking(held, new)):
            memberships.begin(held.user, new, role, kinds, by=by)
            taken += 1
    return taken


def _lacking(held: Membership, new: Institution) -> list[str]:
    """The sections in which somebody is not yet an editor there: who is needs no smaller role."""
    own = Membership.objects.current().filter(user=held.user, institution=new, role=Role.EDITOR)
    edited = {kind for one in own for kind in one.kinds}
    return [kind for kind in held.kinds if kind not in edited]


def _join_files(old: Institution, new: Institution) -> None:
    """Its images and documents lie in a folder of the other's: they keep their addresses."""
    theirs = Workspace.objects.filter(institution=old).select_related("collection").first()
    ours = Workspace.objects.filter(institution=new).select_related("collection").first()
    if theirs is not None and ours is not None:
        there = Collection.objects.get(pk=ours.collection_id)
        Collection.objects.get(pk=theirs.collection_id).move(there, pos="sorted-child")


def _join_names(old: Institution, new: Institution) -> None:
    """What the one was called means the other from now on, in searches and imports."""
    known = {new.name, new.abbreviation, *new.names.values_list("name", flat=True)}
    former = InstitutionName.Kind.FORMER
    names = [(old.name, former), (old.abbreviation, former), *old.names.values_list("name", "kind")]
    for name, kind in names:
        if name and name not in known:
            known.add(name)
            # An alias of what is gone is a former name of what is there.
            kept = kind if kind == InstitutionName.Kind.ABBREVIATION else former
            InstitutionName.objects.create(institution=new, name=name, kind=kept)
