"""While a record is judged nobody changes it, whatever rights he has."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock


class ValidationLock(WorkflowLock):
    """Wagtail's words say that reviewers may edit; these lead who may judge it to where that is done."""

    def get_message(self, user: Any) -> str | SafeString:
        told = _("Inovasi ini sedang divalidasi dan terkunci bagi semua orang sampai ada putusan.")
        review = self.object.current_workflow_task_state
        if review is None or not self.task.may_review(self.object, user):
            return told
        text = '{} <a href="{}">{}</a>'
        return format_html(text, told, self.task.address(review), _("Setujui atau kembalikan di sini."))

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        return _("Terkunci sampai divalidasi atau dikembalikan")
