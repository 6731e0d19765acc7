"""Merges in the page's history, as Wagtail shows it to editors."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

ACTION = "directory.merge"
DIFFERENT = "directory.call_different"
SEARCH = "directory.search_duplicates"


class MergeFormatter(LogFormatter):
    label = gettext_lazy("Gabungkan catatan")

    def format_message(self, log_entry: Any) -> str:
        return _("%(number)s “%(title)s” menjadi bagian dari catatan ini") % log_entry.data


class DifferentFormatter(LogFormatter):
    label = gettext_lazy("Bukan inovasi yang sama")

    def format_message(self, log_entry: Any) -> str:
        return _("Dinyatakan inovasi yang lain dari %(number)s “%(title)s”") % log_entry.data


def register(actions: LogActionRegistry) -> None:
    actions.register_action(ACTION)(MergeFormatter)
    actions.register_action(DIFFERENT)(DifferentFormatter)
    actions.register_action(
        SEARCH, gettext_lazy("Cari catatan ganda"), gettext_lazy("Memulai pencarian catatan ganda")
    )
