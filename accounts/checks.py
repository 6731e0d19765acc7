"""Settings of the sign-in that cannot be meant."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

CHOICES = ("none", "roles", "all")


@register()
def two_factor(**kwargs: Any) -> list[CheckMessage]:
    if settings.TWO_FACTOR in CHOICES:
        return []
    said = f"TWO_FACTOR is {settings.TWO_FACTOR!r}; it has to be one of {', '.join(CHOICES)}."
    return [Error(said, hint="docs/settings.md says what each means.", id="accounts.E001")]
