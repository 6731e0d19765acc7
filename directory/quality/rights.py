"""Who sees the quality of the data, and which imports' rows lead on from it."""

from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

PERMISSION = "directory.view_data_quality"


def check(user: Any) -> None:
    """Raises `PermissionDenied` for who does not hold `directory.view_data_quality`."""
    if not user.has_perm(PERMISSION):
        raise PermissionDenied


def choosable_permissions() -> QuerySet[Permission]:
    """The directory's own permissions, to be ticked where groups are edited: imports and this page."""
    own = Permission.objects.filter(content_type__app_label="directory")
    return own.filter(codename="view_data_quality") | own.filter(
        content_type__model="importbatch", codename__startswith="import_"
    )


class QualityMenuItem(MenuItem):
    """In the menu of those who may see the page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)
