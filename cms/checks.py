"""System checks: what must not be wrong before the portal opens (`manage.py check --deploy`)."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register(Tags.security, deploy=True)
def check_demo_is_off(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The demo account's password is published."""
    if not settings.DEMO:
        return []
    return [
        Error("DEMO is on: the demo account has a published password.", hint="Unset DEMO.", id="cms.E001")
    ]


@register(Tags.security, deploy=True)
def check_hosts_are_named(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """With `*` anyone may have the portal write links to a host of theirs into its mails."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [Warning("ALLOWED_HOSTS is *.", hint="Name the portal's hosts, with commas.", id="cms.W001")]
