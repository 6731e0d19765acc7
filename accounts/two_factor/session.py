"""Between the password and the code a session belongs to nobody yet.

Whoever signs in, on whatever way (password, invitation, new password), passes the signal `user_logged_in`;
whoever asks for a page passes the middleware. Until the second step is done, every page sees an anonymous
visitor.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from accounts.two_factor.codes import is_on

STATE = "second_step"
DONE, AWAITED, NONE = "done", "awaited", "none"

_rules: list[Callable[[User], bool]] = []


def require_for(rule: Callable[[User], bool]) -> None:
    """Demand the second step of everybody of whom the rule holds; called in `AppConfig.ready`."""
    _rules.append(rule)


def required(user: User) -> bool:
    """Whether this person may not do without it. `TWO_FACTOR`: "none", "roles" or "all"."""
    if settings.TWO_FACTOR == "all":
        return True
    return settings.TWO_FACTOR == "roles" and (user.is_superuser or any(rule(user) for rule in _rules))


def begin(
    sender: object, request: HttpRequest | None = None, user: User | None = None, **kwargs: Any
) -> None:
    """For the signal `user_logged_in`."""
    if request is not None and user is not None and hasattr(request, "session"):
        request.session[STATE] = AWAITED if is_on(user) else NONE


def finish(request: HttpRequest, person: User) -> None:
    """The second step is done: the session belongs to the person, also where his others were ended just now.
    It gets a new key, so that one that was known before is worth nothing."""
    request.user = person
    update_session_auth_hash(request, person)
    request.session[STATE] = DONE


def person_of(request: HttpRequest) -> User | None:
    """Who has given the right password in this session, whether or not the code too."""
    waiting: User | None = getattr(request, "half_signed_in", None)
    if waiting is not None:
        return waiting
    return request.user if request.user.is_authenticated else None


class SecondStepFirst:
    """Lets nobody into the admin, nor be anybody elsewhere, before the second step that is asked of him."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Readers have no session, and what they get may be kept for others.
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if (
            known
            and request.session.get(STATE) != DONE
            and request.user.is_authenticated
            and self._lacks(request)
        ):
            request.half_signed_in = request.user  # type: ignore[attr-defined]
            request.user = AnonymousUser()
            if (way := self._way(request)) is not None:
                return way
        return self.get_response(request)

    def _lacks(self, request: HttpRequest) -> bool:
        user: User = request.user  # type: ignore[assignment]
        return request.session.get(STATE) == AWAITED or required(user)

    def _way(self, request: HttpRequest) -> HttpResponseBase | None:
        """Where to instead; None where an anonymous visitor may be, and on the way itself."""
        admin = reverse("wagtailadmin_home")
        signing_in = request.path == reverse("wagtailadmin_login")
        if (
            not request.path.startswith(admin)
            or request.path.startswith(reverse("two_factor:enter"))
            or request.path == reverse("wagtailadmin_logout")
            # Somebody begins anew.
            or (signing_in and request.method == "POST")
        ):
            return None
        wanted = request.GET.get("next", "") if signing_in else request.get_full_path()
        query = f"?{urlencode({'next': wanted})}" if wanted not in ("", admin) else ""
        name = "enter" if request.session.get(STATE) == AWAITED else "set_up"
        return redirect(reverse(f"two_factor:{name}") + query)
