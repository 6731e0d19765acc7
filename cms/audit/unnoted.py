"""Changes made in the admin of which nobody writes an entry in the log: written here.

Most of Wagtail's views write their own, and so do ours. Some of Wagtail's do not: several files uploaded at
once, a file uploaded from a chooser, a translation's texts, and whatever a package brings along later.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from wagtail.log_actions import log
from wagtail.models import Page

# Kept for the machinery's sake, or derived: nobody means to change these.
APPS = frozenset(
    {
        *("axes", "contenttypes", "django_tasks_database", "search", "sessions", "taggit"),
        *("wagtailadmin", "wagtailembeds", "wagtailsearch"),
    }
)
MODELS = frozenset(
    {
        *("cms.customrendition", "cms.outgoingmail", "directory.registryentry", "wagtailusers.userprofile"),
        *("wagtailcore.modellogentry", "wagtailcore.pagelogentry", "wagtailcore.referenceindex"),
        *("wagtailcore.revision", "wagtailcore.uploadedfile"),
        *("wagtail_localize.overridablesegment", "wagtail_localize.relatedobjectsegment"),
        *("wagtail_localize.string", "wagtail_localize.stringsegment", "wagtail_localize.template"),
        *("wagtail_localize.templatesegment", "wagtail_localize.translatableobject"),
        *("wagtail_localize.translationcontext", "wagtail_localize.translationlog"),
    }
)
# A person does not change more at once.
MOST = 200


@dataclass(slots=True)
class _Watch:
    noted: bool = False
    # By model and key: what was changed, and how it began.
    changed: dict[tuple[str, Any], tuple[Model, str]] = field(default_factory=dict)


_watch: ContextVar[_Watch | None] = ContextVar("watch", default=None)


def connect() -> None:
    """Called once, from the app's `ready`."""
    post_save.connect(_saved, dispatch_uid="unnoted saved")
    post_delete.connect(_deleted, dispatch_uid="unnoted deleted")


def entry_written() -> None:
    """Somebody has written an entry: this request speaks for itself."""
    if watch := _watch.get():
        watch.noted = True


@contextmanager
def noting(request: HttpRequest) -> Iterator[None]:
    """Around the answer to a request that may change something, inside its transaction."""
    watch = _Watch()
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)
    if request.user.is_authenticated and not watch.noted:
        for instance, action in watch.changed.values():
            log(instance=instance, action=action, user=request.user, deleted=action == "wagtail.delete")


def note_bulk_action(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """For the hook `after_bulk_action`: Wagtail notes what is done with many pages, not with other things,
    which it changes without telling anybody."""
    deleted = action_type == "delete"
    for one in objects:
        if not isinstance(one, Page):
            name = "wagtail.delete" if deleted else "wagtail.edit"
            log(instance=one, action=name, user=request.user, deleted=deleted, data={"bulk": action_type})


def _saved(sender: type[Model], instance: Model, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _changed(instance, "wagtail.create" if created else "wagtail.edit")


def _deleted(sender: type[Model], instance: Model, origin: Model | QuerySet, **kwargs: Any) -> None:
    # What is deleted along with something else is no act of its own.
    if instance is origin or (isinstance(origin, QuerySet) and origin.model is sender):
        # The instance loses its key.
        _changed(copy(instance), "wagtail.delete")


def _changed(instance: Model, action: str) -> None:
    watch, meta = _watch.get(), instance._meta
    if watch is None or watch.noted or meta.app_label in APPS or meta.label_lower in MODELS:
        return
    key = (meta.label_lower, instance.pk)
    if action == "wagtail.delete" or (key not in watch.changed and len(watch.changed) < MOST):
        watch.changed[key] = (instance, action)
