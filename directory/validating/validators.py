"""Who may validate a record: validators of one of its sources, never its owner's own people.

Docs/domain.md: "a record of several sources: by any one of them ... of no national source: by the programme
owner's validators". Where none is left, programme owners stand in; where those belong to the owner too, an
administrator does, and one of the owner's own only where there is nobody else at all.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from directory.choices import Source as RecordSource
from directory.models import InnovationPage, SourceRecord
from institutions.memberships import holds, oversees
from institutions.models import Membership, RoleGroup
from institutions.roles import Role, Source

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

NATIONAL = (RecordSource.KIPP, RecordSource.IGA, RecordSource.LABINOV)


def sources_of(page: InnovationPage) -> list[str]:
    """The national sources a record comes from; of none: `Source.NONE`."""
    records = SourceRecord.objects.filter(page=page.source_page, source__in=NATIONAL)
    return sorted(set(records.values_list("source", flat=True))) or [Source.NONE.value]


def sources_validated_by(user: "User") -> list[str]:
    """For which sources a person is a validator."""
    groups = RoleGroup.objects.filter(role=Role.VALIDATOR, workspace=None, group__user=user.pk)
    return sorted(groups.values_list("source", flat=True))


def validators_of(page: InnovationPage) -> "QuerySet[User]":
    """Who is asked to validate a record."""
    return _validators(_outsiders(page.institution_id), sources_of(page)).distinct()


def stand_ins_for(page: InnovationPage) -> "QuerySet[User]":
    """Who is asked where there is no validator: programme owners, or else administrators; of the owner's own
    people an administrator, where there is nobody else."""
    outside = _outsiders(page.institution_id)
    owners = _programme_owners(outside).distinct()
    if owners.exists():
        return owners
    administrators = outside.filter(is_superuser=True)
    return administrators if administrators.exists() else _active().filter(is_superuser=True)


def may_validate(page: InnovationPage, user: "User") -> bool:
    """Validators of its source, programme owners and administrators, unless it is their own institution's;
    an administrator also then, while nobody from outside may."""
    if not user.is_active:
        return False
    if belongs_to_owner(page, user):
        return user.is_superuser and not _has_others(page.institution_id, sources_of(page))
    return oversees(user) or bool(set(sources_of(page)) & set(sources_validated_by(user)))


def belongs_to_owner(page: InnovationPage, user: "User") -> bool:
    """Whether somebody would judge his own institution's record."""
    own = Membership.objects.current().filter(user=user, institution=page.institution_id)
    return page.institution_id is not None and own.exists()


def validates(user: "User | AnonymousUser") -> bool:
    """Whether the pages of this package are for this person."""
    return oversees(user) or holds(user, Role.VALIDATOR)


def pages_validated_by(user: "User") -> QuerySet[InnovationPage]:
    """Records on which `may_validate` holds."""
    own = Membership.objects.current().filter(user=user).values("institution")
    # Not `exclude`: the owner may be unknown.
    others = InnovationPage.objects.exclude(institution__in=own)
    if user.is_superuser:
        return InnovationPage.objects.exclude(_for_others(set(own.values_list("institution", flat=True))))
    if oversees(user):
        return others
    return _of_sources(others, sources_validated_by(user))


def _of_sources(pages: QuerySet[InnovationPage], sources: Sequence[str]) -> QuerySet[InnovationPage]:
    """Of these records those of one of these sources."""
    first = InnovationPage.objects.filter(translation_key=OuterRef("translation_key")).order_by("pk")
    records = SourceRecord.objects.filter(page=OuterRef("original"), source__in=NATIONAL)
    wanted = Q(Exists(records.filter(source__in=sources)))
    if Source.NONE in sources:
        wanted |= ~Q(Exists(records))
    found = pages.annotate(original=first.values("pk")[:1]).filter(wanted)
    return found if sources else found.none()


def _for_others(institutions: Iterable[int]) -> Q:
    """Of these institutions' records those that somebody from outside may validate."""
    found = Q(pk__in=[])
    for institution in institutions:
        pages = InnovationPage.objects.filter(institution=institution)
        sources = [source for source in Source.values if _has_others(institution, [source])]
        found |= Q(pk__in=_of_sources(pages, sources).values("pk"))
    return found


def _has_others(institution: int | None, sources: Sequence[str]) -> bool:
    """Whether anybody may validate an institution's records of these sources who does not belong to it."""
    outside = _outsiders(institution)
    may = (outside.filter(is_superuser=True), _programme_owners(outside), _validators(outside, sources))
    return any(people.exists() for people in may)


def _active() -> "QuerySet[User]":
    return get_user_model().objects.filter(is_active=True)


def _validators(people: "QuerySet[User]", sources: Sequence[str]) -> "QuerySet[User]":
    groups = RoleGroup.objects.filter(role=Role.VALIDATOR, workspace=None, source__in=sources)
    return people.filter(groups__role__in=groups)


def _programme_owners(people: "QuerySet[User]") -> "QuerySet[User]":
    return people.filter(groups__role__in=RoleGroup.objects.filter(role=Role.PROGRAMME_OWNER, workspace=None))


def _outsiders(institution: int | None) -> "QuerySet[User]":
    """Who may sign in and does not belong to this institution."""
    insiders = Membership.objects.current().filter(institution=institution, user=OuterRef("pk"))
    return _active().exclude(Exists(insiders)) if institution else _active()
