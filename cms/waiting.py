"""Addresses of the admin that wait for a server outside, registered by the apps they belong to.

A transaction open meanwhile would keep others waiting: with SQLite whoever writes anything. They are answered
without one, and make one transaction of their changes themselves, inside `cms.audit.unnoted.noting`.
"""

from django.http import HttpRequest

_routes: set[str] = set()


def register(route: str) -> None:
    """An address as `ResolverMatch.route` has it."""
    _routes.add(route)


def waits(request: HttpRequest) -> bool:
    """Whether the address that was asked for is one of them."""
    return request.resolver_match is not None and request.resolver_match.route in _routes
