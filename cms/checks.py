"""System checks: what must not be wrong before the portal opens (`manage.py check --deploy`)."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils.module_loading import import_string


@register(Tags.security, deploy=True)
def check_demo_is_off(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The demo account's password is published."""
    if not settings.DEMO:
        return []
    return [
        Error("DEMO is on: the demo account has a published password.", hint="Unset DEMO.", id="cms.E001")
    ]


@register()
def check_machine_translation(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A machine nobody knows, one without its key, or one whose library is not installed."""
    name, machine = settings.MACHINE_TRANSLATION, settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR
    if name == "none":
        return []
    if machine is None:
        hint = "Use deepl, google or none."
        return [Error(f"MACHINE_TRANSLATION is {name}, which is not known.", hint=hint, id="cms.E003")]
    try:
        import_string(machine["CLASS"])
    except ImportError as missing:
        hint = "Install google-cloud-translate beside the requirements, or use another."
        return [Error(f"MACHINE_TRANSLATION is {name}: {missing}", hint=hint, id="cms.E004")]
    if not all(machine["OPTIONS"].values()):
        hint = "docs/settings.md says which variables it needs."
        return [Error(f"MACHINE_TRANSLATION is {name}, without its key.", hint=hint, id="cms.E005")]
    return []


@register(Tags.security, deploy=True)
def check_hosts_are_named(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """With `*` anyone may have the portal write links to a host of theirs into its mails."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [Warning("ALLOWED_HOSTS is *.", hint="Name the portal's hosts, with commas.", id="cms.W001")]
