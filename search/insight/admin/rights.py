"""Who sees what readers search for, and owns calls for a model: one right for both."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

RIGHT = "search.view_search_insight"
# The one that knows rights; the other only counts failed sign-ins.
BACKEND = "accounts.backends.PortalBackend"

for_owners = permission_required(RIGHT, raise_exception=True)


def may_see(user: Any) -> bool:
    return user.has_perm(RIGHT)


def owners() -> QuerySet:
    """Active people who can open these pages."""
    users: Any = get_user_model()._default_manager
    admins = users.with_perm("wagtailadmin.access_admin", backend=BACKEND).values("pk")
    return (
        users.with_perm(RIGHT, backend=BACKEND)
        .filter(pk__in=admins)
        .order_by("first_name", "last_name", "username")
    )


def choosable_permissions() -> QuerySet[Permission]:
    """What can be ticked where groups are edited."""
    return Permission.objects.filter(codename="view_search_insight", content_type__app_label="search")


class InsightMenuItem(MenuItem):
    """In the menu of those who may see the page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)
