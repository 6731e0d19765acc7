"""Wagtail's dialogues for what a reviewer does from the editing form, with the page's own parts and people.

Wagtail asks a task for its form by the action alone.
"""

from typing import Any

from wagtail.admin.views.generic.workflow import BaseWorkflowFormView

from institutions.models import ReviewTask

_wagtails = BaseWorkflowFormView.get_form_class


def install() -> None:
    """Called from the app's `ready`."""
    BaseWorkflowFormView.get_form_class = _form_class


def _form_class(view: Any) -> Any:
    if isinstance(view.task, ReviewTask):
        # Of the address's page, on which the person is asked for his rights; the task looks at its own.
        return view.task.form_for(view.action_name, view.object, view.request.user)
    return _wagtails(view)
