"""From which request a change comes, for what has no request at hand: the lines of the log."""

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase

from cms.client import address

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class Origin:
    """`request_id`: the proxy's (`X-Request-ID`), or one made here."""

    request_id: str
    address: str


_origin: ContextVar[Origin | None] = ContextVar("origin", default=None)


def current_origin() -> Origin | None:
    """The request that is being answered; None in the worker and in commands."""
    return _origin.get()


class RequestOrigin:
    """Notes where a request comes from, for as long as it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex
        token = _origin.set(Origin(request_id, address(request)))
        try:
            return self.get_response(request)
        finally:
            _origin.reset(token)
