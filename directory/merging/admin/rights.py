"""Who may judge and merge records: a right over the whole directory, as a pair may belong to two owners."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

RIGHT = "directory.merge_innovations"


def may_merge(user: Any) -> bool:
    return user.has_perm(RIGHT)


for_mergers = permission_required(RIGHT, raise_exception=True)


class MergingMenuItem(MenuItem):
    """In the menu of those who may merge."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_merge(request.user)
