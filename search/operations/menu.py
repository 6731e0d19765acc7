from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem


class StateMenuItem(MenuItem):
    """For administrators, who run the servers."""

    def is_shown(self, request: HttpRequest) -> Any:
        return request.user.is_superuser
