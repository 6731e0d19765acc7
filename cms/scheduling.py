"""Scheduled publishing: each page in a transaction of its own, with everything that hangs on it."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from cms.holding import hold

logger = logging.getLogger(__name__)

# What is due is listed by key and read when its turn comes: meanwhile it may have been moved, or put off.
Due = tuple[type[models.Model], Any]


def publish_scheduled() -> int:
    """Takes expired objects offline and publishes what is due; returns how many changed.

    Wagtail's own command does all in one go and outside a transaction: one page that fails would
    hold up the rest, and a crash would leave a page published but not findable.
    """
    return _each_alone(_expired(), _expire) + _each_alone(_due_revisions(), _publish)


def _expired() -> list[Due]:
    draftable = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    return [
        (model, pk)
        for model in (Page, *draftable)
        for pk in _over(model).order_by("expire_at").values_list("pk", flat=True)
    ]


def _due_revisions() -> list[Due]:
    return [(Revision, pk) for pk in _come().order_by("approved_go_live_at").values_list("pk", flat=True)]


def _over(model: type[models.Model]) -> models.QuerySet[Any]:
    return model._default_manager.filter(live=True, expire_at__lt=timezone.now())


def _come() -> models.QuerySet[Revision]:
    return Revision.objects.filter(approved_go_live_at__lt=timezone.now())


def _expire(model: type[models.Model], pk: Any) -> bool:
    if model is Page:
        hold([pk])
    found = _over(model).filter(pk=pk).first()
    if found is not None:
        found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return found is not None


def _publish(model: type[models.Model], pk: Any) -> bool:
    of_page = Revision.page_revisions.filter(pk=pk).values_list("object_id", flat=True)
    hold(int(number) for number in of_page)
    revision = _come().filter(pk=pk).first()
    if revision is not None:
        revision.publish(log_action="wagtail.publish.scheduled")
    return revision is not None


def _each_alone(listed: Iterable[Due], act: Callable[[type[models.Model], Any], bool]) -> int:
    """How many were changed: what is no longer due, or fails, is left."""
    done = 0
    for model, pk in listed:
        try:
            with transaction.atomic():
                done += act(model, pk)
        except Exception:
            logger.exception("scheduled publishing of %s %s failed", model._meta.label, pk)
    return done
