"""For migrations: pages published before `source_published_at` was there."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery


def fill_source_published_at(app_label: str, *models: str) -> Callable[[Any, Any], None]:
    """A function for `RunPython` that gives the sources among these models' pages their day."""

    def fill(apps: Any, schema_editor: Any) -> None:
        pages = apps.get_model("wagtailcore", "Page").objects
        published = pages.filter(pk=OuterRef("pk")).values("last_published_at")
        for name in models:
            sources = apps.get_model(app_label, name).objects.filter(
                locale__language_code=settings.LANGUAGE_CODE, last_published_at__isnull=False
            )
            sources.update(source_published_at=Subquery(published))

    return fill
