from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser

from accounts.demo import DEMO_USERNAME
from accounts.models import User


class PortalBackend(ModelBackend):
    """Django's own sign-in, closed to the demo account wherever demo mode is off.

    So a database that was once tried out on someone's machine opens no door in public; a session
    begun in demo mode ends too.
    """

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        if user is not None and user.get_username() == DEMO_USERNAME and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)
