"""Addresses that no page beside it has."""

from collections.abc import Callable

from wagtail.models import Page

LONGEST = Page._meta.get_field("slug").max_length or 255


def free_slug(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """The wanted slug, where it is taken with the lowest number, from 2 on, with which it is not."""
    slug, number = wanted, 1
    while is_taken(slug):
        number += 1
        ending = f"-{number}"
        slug = wanted[: LONGEST - len(ending)] + ending
    return slug
