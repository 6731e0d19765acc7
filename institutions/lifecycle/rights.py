"""Who may end and merge institutions, and who may undo it."""

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import permission_required

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

RIGHT = "institutions.end_institution"

for_enders = permission_required(RIGHT, raise_exception=True)


def may_end(user: "User | AnonymousUser") -> bool:
    return user.has_perm(RIGHT)


def may_reinstate(user: "User | AnonymousUser") -> bool:
    """Administrators only: members get their rights back by it."""
    return user.is_active and user.is_superuser
