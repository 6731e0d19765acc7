"""Merges in the page's history, as Wagtail shows it to editors."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

ACTION = "directory.merge"


class MergeFormatter(LogFormatter):
    label = gettext_lazy("Gabungkan catatan")

    def format_message(self, log_entry: Any) -> str:
        return _("%(number)s “%(title)s” menjadi bagian dari catatan ini") % log_entry.data


def register(actions: LogActionRegistry) -> None:
    actions.register_action(ACTION)(MergeFormatter)
