"""Every address of the admin, its API and the documents, found in the URL configuration and filled in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# What is not for readers: the rest is public, and what it may show is tested by `test_leaks`.
BEHIND = ("admin/", "documents/")


@dataclass(frozen=True)
class Address:
    """`route` as Django writes it, all parts joined; `name` with its namespaces."""

    route: str
    name: str

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.route)

    @property
    def key(self) -> str:
        """What the table of expectations calls it: its name, or its route where it has none of its own."""
        return self.route if self.name.endswith("-") else self.name

    def __str__(self) -> str:
        return self.key


def addresses() -> list[Address]:
    """Each once. Where two patterns have the same route, Django reaches only the first."""
    found: dict[str, Address] = {}
    for one in _walk(get_resolver().url_patterns):
        if one.route.startswith(BEHIND):
            found.setdefault(one.route, one)
    return list(found.values())


def _walk(
    patterns: Iterable[URLPattern | URLResolver], route: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, here, inner)
        else:
            yield Address(here, ":".join((*spaces, pattern.name or "-")))
