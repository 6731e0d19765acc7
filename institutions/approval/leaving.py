"""An account is closed: what only its owner was asked for is passed on, as where a role ends."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models.signals import post_save, pre_save
from django.http import HttpRequest

from institutions.approval.handing_back import only_asked, pass_on

ONLY_THEIRS = "_only_asked"


def connect() -> None:
    """Called once, from the app's `ready`."""
    user = get_user_model()
    pre_save.connect(_before, sender=user, dispatch_uid="account is closed")
    post_save.connect(_after, sender=user, dispatch_uid="account was closed")


def before_many(request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any) -> None:
    """For the hook `before_bulk_action`: Wagtail closes many accounts without a signal."""
    if action_type == "set_active_state" and not action.cleaned_form.cleaned_data["mark_as_active"]:
        setattr(action, ONLY_THEIRS, only_asked(objects))


def after_many(request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any) -> None:
    """For the hook `after_bulk_action`."""
    if hasattr(action, ONLY_THEIRS):
        pass_on(objects, getattr(action, ONLY_THEIRS))


def _before(sender: Any, instance: Any, raw: bool, update_fields: Any = None, **kwargs: Any) -> None:
    if raw or instance.is_active or (update_fields is not None and "is_active" not in update_fields):
        return
    # As it is stored: what is being saved has no rights any more.
    if (open_still := sender.objects.filter(pk=instance.pk, is_active=True).first()) is not None:
        setattr(instance, ONLY_THEIRS, only_asked([open_still]))


def _after(sender: Any, instance: Any, **kwargs: Any) -> None:
    if hasattr(instance, ONLY_THEIRS):
        pass_on([instance], instance.__dict__.pop(ONLY_THEIRS))
