"""Who may import from which source."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from directory.imports.adapter import Adapter
from directory.imports.adapters import ADAPTERS
from directory.models import ImportBatch


def adapters_for(user: Any) -> list[Adapter]:
    """The sources this user may import from: the permission `directory.import_<source>`."""
    return [one for one in ADAPTERS.values() if user.has_perm(f"directory.import_{one.name}")]


def batches_for(user: Any) -> QuerySet[ImportBatch]:
    """The imports this user may see and act on. Raises `PermissionDenied` for who may import nothing."""
    names = [adapter.name for adapter in adapters_for(user)]
    if not names:
        raise PermissionDenied
    return ImportBatch.objects.filter(source__in=names).select_related("user", "reversed_by")


class ImportMenuItem(MenuItem):
    """In the menu of those who may import from any source."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(adapters_for(request.user))
