"""Every entry of Wagtail's log as one line of JSON, for whoever gathers the portal's output.

A line is written when the change is committed: what was rolled back leaves none.
"""

import logging
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from wagtail.models import BaseLogEntry, ModelLogEntry, PageLogEntry

from cms.audit import unnoted
from cms.audit.origin import current_origin

ENTRY_MODELS: tuple[type[BaseLogEntry], ...] = (PageLogEntry, ModelLogEntry)
logger = logging.getLogger("audit")


def connect() -> None:
    """Called once, from the app's `ready`."""
    for model in ENTRY_MODELS:
        post_save.connect(_written, sender=model, dispatch_uid=f"audit line of {model.__name__}")


def _written(instance: BaseLogEntry, created: bool, raw: bool, using: str, **kwargs: Any) -> None:
    # `raw`: a dump is loaded, nobody does anything.
    if created and not raw:
        unnoted.entry_written()
        said = fields(instance)
        # Robust: whatever becomes of the line, the change is committed. No `partial`: Django asks its name.
        transaction.on_commit(
            lambda: logger.info("%s", said["action"], extra={"entry": said}), using=using, robust=True
        )


def fields(entry: BaseLogEntry) -> dict[str, Any]:
    """What a line says; JSON can hold it all, texts as people wrote them."""
    origin, kind = current_origin(), entry.content_type
    return {
        "time": entry.timestamp.isoformat(),
        "action": entry.action,
        "person_id": entry.user_id,
        "person": str(entry.user_display_name) if entry.user_id else None,
        "model": f"{kind.app_label}.{kind.model}" if kind else None,
        "object_id": str(entry.object_id),
        "label": entry.label,
        "data": entry.data,
        "request_id": origin.request_id if origin else None,
        "address": origin.address if origin else None,
    }
