"""Who may validate a record: validators of one of its sources, never its owner's own people.

Docs/domain.md: "a record of several sources: by any one of them ... of no national source: by the programme
owner's validators". Where none is left, programme owners stand in; where those belong to the owner too, an
administrator does.
"""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

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
    groups = RoleGroup.objects.filter(role=Role.VALIDATOR, workspace=None, source__in=sources_of(page))
    people = get_user_model().objects.filter(is_active=True, groups__role__in=groups)
    return _outsiders(people, page).distinct()


def stand_ins_for(page: InnovationPage) -> "QuerySet[User]":
    """Who is asked where there is no validator: programme owners, or else administrators."""
    active = get_user_model().objects.filter(is_active=True)
    groups = RoleGroup.objects.filter(role=Role.PROGRAMME_OWNER, workspace=None)
    owners = _outsiders(active.filter(groups__role__in=groups), page).distinct()
    return owners if owners.exists() else active.filter(is_superuser=True)


def may_validate(page: InnovationPage, user: "User") -> bool:
    """Administrators always; validators of its source and programme owners unless it is their own."""
    if not user.is_active or user.is_superuser:
        return user.is_active
    if belongs_to_owner(page, user):
        return False
    return oversees(user) or bool(set(sources_of(page)) & set(sources_validated_by(user)))


def belongs_to_owner(page: InnovationPage, user: "User") -> bool:
    """Whether somebody would judge his own institution's record."""
    own = Membership.objects.current().filter(user=user, institution=page.institution_id)
    return page.institution_id is not None and own.exists()


def validates(user: "User | AnonymousUser") -> bool:
    """Whether the pages of this package are for this person."""
    return oversees(user) or holds(user, Role.VALIDATOR)


def pages_validated_by(user: "User") -> QuerySet[InnovationPage]:
    """Records on which `may_validate` holds for somebody who is no administrator."""
    own = Membership.objects.current().filter(user=user).values("institution")
    # Not `exclude`: the owner may be unknown.
    others = InnovationPage.objects.exclude(institution__in=own)
    if oversees(user):
        return others
    sources = sources_validated_by(user)
    first = InnovationPage.objects.filter(translation_key=OuterRef("translation_key")).order_by("pk")
    records = SourceRecord.objects.filter(page=OuterRef("original"), source__in=NATIONAL)
    wanted = Q(Exists(records.filter(source__in=sources)))
    if Source.NONE in sources:
        wanted |= ~Q(Exists(records))
    pages = others.annotate(original=first.values("pk")[:1]).filter(wanted)
    return pages if sources else pages.none()


def _outsiders(people: "QuerySet[User]", page: Page) -> "QuerySet[User]":
    insiders = Membership.objects.current().filter(institution=page.institution_id, user=OuterRef("pk"))
    return people.exclude(Exists(insiders)) if page.institution_id else people
