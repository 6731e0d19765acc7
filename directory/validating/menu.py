from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from directory.validating.validators import validates


class ValidatingMenuItem(MenuItem):
    """In the menu of those who validate."""

    def is_shown(self, request: HttpRequest) -> bool:
        return validates(request.user)
