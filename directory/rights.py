"""The directory's own rights, beside those Wagtail has for pages."""

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

OF_PROGRAMME_OWNERS = (
    *(f"directory.import_{source}" for source in ("kipp", "iga", "labinov", "general", "portal")),
    "directory.merge_innovations",
    "directory.view_data_quality",
    "directory.view_importbatch",
)


def choosable_permissions() -> QuerySet[Permission]:
    """What can be ticked where groups are edited: imports by source, merging, the quality of the data."""
    own = Q(codename__startswith="import_") | Q(codename__in=["merge_innovations", "view_data_quality"])
    return Permission.objects.filter(own, content_type__app_label="directory")
