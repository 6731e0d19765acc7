"""What in the database gives rights beyond the roles (`manage.py check --database default`, `migrate`)."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.models import Group
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

WAGTAILS_GROUPS = ("Editors", "Moderators")


@register(Tags.database)
def check_groups_of_wagtail(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The groups Wagtail makes when it is set up may write on every institution's pages."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        # Before the first migration there is nothing to look at.
        tables = connection.introspection.table_names()
        if not {Group._meta.db_table, "institutions_rolegroup"} <= set(tables):
            continue
        groups = Group.objects.using(alias).filter(name__in=WAGTAILS_GROUPS, role=None).order_by("name")
        found += [_warning(name) for name in groups.values_list("name", flat=True)]
    return found


def _warning(name: str) -> Warning:
    return Warning(
        f"The group “{name}” has rights on every institution's pages.",
        hint="Make its members members of an institution instead, then delete the group.",
        id="institutions.W001",
    )
