"""Background work of institutions."""

import datetime

from django.db import transaction
from django_tasks import task
from wagtail.log_actions import LogContext

from accounts.models import User
from cms.readers import in_language_of
from institutions.lifecycle import mails
from institutions.lifecycle.merging import merge
from institutions.models import Institution
from institutions.refusals import RefusedError


@task()
def merge_institutions(old: int, new: int, person: int, reason: str, on: str, take_members: bool) -> None:
    """Merge in the name of who asked for it, and tell him by mail how it ended. `on` is a date (ISO).

    Asked for twice, or taken up again after the worker died, it is done and told once.
    """
    by = User.objects.get(pk=person)
    found = Institution.objects.in_bulk([old, new])
    first, second = found[old], found[new]
    if first.merged_into_id == second.pk:
        return
    try:
        # Why it could not be is told to him, too.
        with in_language_of(by), transaction.atomic(), LogContext(user=by, generate_uuid=False):
            merge(first, second, by, reason, datetime.date.fromisoformat(on), take_members)
            mails.merged(by, first, second)
    except RefusedError as refusal:
        mails.not_merged(by, first, second, " ".join(refusal.messages))
    except Exception:
        with transaction.atomic():
            mails.not_merged(by, first, second, "")
        raise
