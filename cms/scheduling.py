"""Scheduled publishing: each page in a transaction of its own, with everything that hangs on it."""

import logging
from collections.abc import Callable, Iterable

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


def publish_scheduled() -> int:
    """Takes expired objects offline and publishes what is due; returns how many changed.

    Wagtail's own command does all in one go and outside a transaction: one page that fails would
    hold up the rest, and a crash would leave a page published but not findable.
    """
    return sum(_each_alone(_expired(), _expire)) + sum(_each_alone(_due_revisions(), _publish))


def _expired() -> list[models.Model]:
    now = timezone.now()
    draftable = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    return [
        found
        for model in (Page, *draftable)
        for found in model._default_manager.filter(live=True, expire_at__lt=now).order_by("expire_at")
    ]


def _due_revisions() -> models.QuerySet[Revision]:
    return Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")


def _expire(found: DraftStateMixin) -> None:
    found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")


def _each_alone(objects: Iterable[models.Model], act: Callable[..., None]) -> list[bool]:
    done = []
    for found in list(objects):
        try:
            with transaction.atomic():
                act(found)
        except Exception:
            logger.exception("scheduled publishing of %s %s failed", found._meta.label, found.pk)
        else:
            done.append(True)
    return done
