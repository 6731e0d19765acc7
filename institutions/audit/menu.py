from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from institutions.memberships import oversees


class TrailMenuItem(MenuItem):
    """In the menu of those who oversee the portal."""

    def is_shown(self, request: HttpRequest) -> bool:
        return oversees(request.user)
