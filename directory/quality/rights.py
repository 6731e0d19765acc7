"""Who sees the quality of the data, and which imports' rows lead on from it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

PERMISSION = "directory.view_data_quality"


def check(user: Any) -> None:
    """Raises `PermissionDenied` for who does not hold `directory.view_data_quality`."""
    if not user.has_perm(PERMISSION):
        raise PermissionDenied


class QualityMenuItem(MenuItem):
    """In the menu of those who may see the page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)
