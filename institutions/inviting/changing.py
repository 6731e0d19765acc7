"""Members who leave or change their role: by who may give that role, within his own sections, at once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from institutions import memberships
from institutions.approval.handing_back import ask_anew
from institutions.approval.owners import owners_reviews
from institutions.inviting.letters import inviting_institutions, kinds_open_to
from institutions.lifecycle.belongings import pages_below, reviews_of, sections_of
from institutions.locking import locked
from institutions.models import Membership
from institutions.refusals import NotNowError, NotYoursError
from institutions.roles import SECTION_ROLES, Role, SectionKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User


def changeable_by(user: "User | AnonymousUser") -> "QuerySet[Membership]":
    """Current memberships a person may look into here; `kinds_to_decide` says how far."""
    institutions = inviting_institutions(user)
    held = Membership.objects.current().filter(institution__in=institutions, role__in=SECTION_ROLES)
    return held.select_related("user", "institution")


def kinds_to_decide(membership: Membership, by: "User") -> list[str]:
    """Of a membership's sections those over which this person decides."""
    own = kinds_open_to(by, membership.institution)
    return [kind for kind in membership.kinds if kind in own]


def left_alone(membership: Membership, staying: Iterable[str]) -> list[str]:
    """Sections that would have no editor who can sign in, were an editor to keep only those of `staying`."""
    if membership.role != Role.EDITOR:
        return []
    alone = []
    for kind in sorted(set(membership.kinds) - set(staying)):
        editors = memberships.editors_of(membership.institution_id, SectionKind(kind))
        if not editors.exclude(pk=membership.user_id).exists():
            alone.append(kind)
    return alone


@transaction.atomic
def change(
    membership: Membership, role: Role | None, kinds: Iterable[str], by: "User", alone: bool = False
) -> list[Membership]:
    """Give a member another role or other sections; without a role, end what this person may end. The old
    membership ends and stays as history. Returns what he holds in its place.

    Sections over which `by` does not decide stay as they are. Raises `NotYoursError` where he may not, and
    `NotNowError` where a section would be left without an editor, unless `alone` says that is meant.
    """
    # Two editors who end each other: the second finds himself alone.
    locked(membership.institution_id)
    held = changeable_by(by).filter(pk=membership.pk).first()
    if held is None:
        raise NotYoursError(_("Keanggotaan itu sudah berakhir, atau bukan di instansi Anda."))
    decided = kinds_to_decide(held, by)
    wanted = sorted({SectionKind(kind).value for kind in kinds}) if role else []
    if not decided or not set(wanted) <= set(kinds_open_to(by, held.institution)):
        raise NotYoursError(_("Anda hanya dapat mengubah peran di bagian yang Anda kelola sendiri."))
    if role is not None and role not in SECTION_ROLES:
        raise NotYoursError(_("Peran di seluruh portal diberikan administrator."))
    others = [kind for kind in held.kinds if kind not in decided]
    staying = sorted({*others, *wanted}) if role == held.role else others
    if role == held.role and staying == held.kinds:
        return [held]
    lonely = left_alone(held, staying)
    if lonely and not alone:
        names = ", ".join(str(SectionKind(kind).label) for kind in lonely)
        raise NotNowError(
            _("Tanpa dia bagian ini tidak punya editor lagi: %s. Centang bila memang begitu.") % names
        )
    memberships.end(held, by)
    now = []
    if staying:
        now.append(memberships.begin(held.user, held.institution, Role(held.role), staying, by=by))
    if role is not None and role != held.role and wanted:
        now.append(memberships.begin(held.user, held.institution, role, wanted, by=by))
    if lonely:
        _ask_others(held, lonely)
    return now


def _ask_others(membership: Membership, kinds: list[str]) -> None:
    """Programme owners are told of what waits in sections that have no editor any more."""
    sections = [one for one in sections_of(membership.institution) if one.section_kind in kinds]
    ask_anew(owners_reviews(reviews_of(pages_below(sections))))
