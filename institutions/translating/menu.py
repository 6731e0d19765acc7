from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from institutions.translating.rights import translates


class TranslatingMenuItem(MenuItem):
    """In the menu of those who translate."""

    def is_shown(self, request: HttpRequest) -> bool:
        return translates(request.user)
