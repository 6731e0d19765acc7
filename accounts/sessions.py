"""A session ends when nobody uses it, and some hours after the sign-in in any case.

Also among the readers' pages: who is signed in is shown documents there that others are not.
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

BEGAN, SEEN = "session_began", "session_seen"
# The session is written at most so often, whatever the number of requests.
NOTED_EVERY = 60
# An editor left open in a window asks every few seconds who else is there: nobody is doing anything.
OF_ITSELF = ("editing-sessions/",)


def begin(sender: object, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """For the signal `user_logged_in`: whoever signs in again begins anew."""
    if request is not None and hasattr(request, "session"):
        request.session[BEGAN] = request.session[SEEN] = time.time()


class SessionLimits:
    """Signs out who has been idle or signed in for too long; the sign-in page then says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Readers have no session, and what they get may be kept for others.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._check(request, request.path.removeprefix(reverse("wagtailadmin_home")))
        return self.get_response(request)

    def _check(self, request: HttpRequest, path: str) -> None:
        now, session = time.time(), request.session
        began, seen = session.get(BEGAN), session.get(SEEN)
        if began is None or seen is None:
            session[BEGAN] = session[SEEN] = now
        elif now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
            logout(request)
            messages.warning(request, _("Sesi Anda sudah berakhir. Masuklah lagi untuk melanjutkan."))
        elif now - seen > NOTED_EVERY and not path.startswith(OF_ITSELF):
            session[SEEN] = now
