from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from institutions.inviting.letters import inviting_institutions


class MembersMenuItem(MenuItem):
    """In the menu of those who may invite."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser or inviting_institutions(request.user).exists()
