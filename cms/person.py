"""Who is at work in the admin just now, for what has no request at hand: the title a page shows there."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

_person: ContextVar["AbstractBaseUser | None"] = ContextVar("person", default=None)


def person_at_work() -> "AbstractBaseUser | None":
    """The signed-in person of the admin request that is being answered; None anywhere else."""
    return _person.get()


class PersonAtWork:
    """Notes the person for the length of a request to the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(reverse("wagtailadmin_home")) or not request.user.is_authenticated:
            return self.get_response(request)
        token = _person.set(request.user)
        try:
            return self.get_response(request)
        finally:
            _person.reset(token)
