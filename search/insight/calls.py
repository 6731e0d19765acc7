"""Calls for an implementation model: made from unmet topics, changed, and every change written down."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.log_actions import log

from search.insight.figures import Period, unmet_of
from search.insight.texts import keepable
from search.models import UNFINISHED, ModelCall, ModelCallChange, ModelCallTopic

# What a person may change, in the order of the history.
FIELDS = ("title", "status", "dropped_because", "owner", "due", "answer", "note")
TOPICS = "topics"
MOST_TOPICS = 20
CREATE, EDIT = "wagtail.create", "wagtail.edit"


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the call since it was shown."""


def topics_of(texts: Iterable[str]) -> list[str]:
    """The texts as topics can have them: folded, each once, none that may not be kept."""
    return list(dict.fromkeys(filter(None, map(keepable, texts))))[:MOST_TOPICS]


def reason_for(topics: Sequence[str], period: Period) -> str:
    """The figures of the period in words, a line for each topic."""
    known = unmet_of(period, topics)
    until = period.since + datetime.timedelta(days=period.days - 1)
    lines = []
    for topic in topics:
        words = {"text": topic, "since": period.since.isoformat(), "until": until.isoformat()}
        if found := known.get(topic):
            words |= {"count": str(found.count), "near": str(found.near_only)}
            line = ngettext(
                "“%(text)s”: %(count)s kali dicari tanpa hasil yang cocok, %(near)s di antaranya hanya "
                "mendekati (%(since)s sampai %(until)s).",
                "“%(text)s”: %(count)s kali dicari tanpa hasil yang cocok, %(near)s di antaranya hanya "
                "mendekati (%(since)s sampai %(until)s).",
                found.count,
            )
        else:
            line = _("“%(text)s”: belum cukup dicari untuk dihitung (%(since)s sampai %(until)s).")
        lines.append(line % words)
    return "\n".join(lines)


def by_topic(texts: Iterable[str]) -> dict[str, ModelCall]:
    """The calls of these texts, an unfinished one before others, else the newest; one query."""
    found: dict[str, ModelCall] = {}
    rows = ModelCallTopic.objects.filter(text__in=list(texts)).select_related("call").order_by("call_id")
    for row in rows:
        known = found.get(row.text)
        if known is None or row.call.is_unfinished or not known.is_unfinished:
            found[row.text] = row.call
    return found


@transaction.atomic
def make(user: Any, topics: Sequence[str], period: Period, **values: Any) -> ModelCall:
    """A new call with its topics, the figures of the period, and the first row of its history."""
    call = ModelCall.objects.create(reason=reason_for(topics, period), **values)
    ModelCallTopic.objects.bulk_create(ModelCallTopic(call=call, text=topic) for topic in topics)
    changes = _differences(None, call)
    _write_down(call, user, [*changes, *([[TOPICS, "", ", ".join(topics)]] if topics else [])], CREATE)
    return call


@transaction.atomic
def change(pk: int, user: Any, seen: int, **values: Any) -> bool:
    """Change a call; False where nothing is different. `seen` is the last row of the history its form knew.

    Raises `ChangedMeanwhileError`, and `ModelCall.DoesNotExist`.
    """
    call = _locked(pk, seen)
    before = ModelCall.objects.select_related("owner", "answer").get(pk=pk)
    for name, value in values.items():
        setattr(call, name, value)
    changes = _differences(before, call)
    if changes:
        call.save(update_fields=list(values))
        _write_down(call, user, changes)
    return bool(changes)


@transaction.atomic
def attach(pk: int, user: Any, topics: Sequence[str], period: Period) -> list[str]:
    """Add topics to a call, with their figures; those that are new to it. Raises `ModelCall.DoesNotExist`."""
    call = _locked(pk)
    old = set(call.topics.values_list("text", flat=True))
    new = [topic for topic in topics if topic not in old][: max(MOST_TOPICS - len(old), 0)]
    if new:
        ModelCallTopic.objects.bulk_create(ModelCallTopic(call=call, text=topic) for topic in new)
        call.reason = "\n".join(filter(None, [call.reason, reason_for(new, period)]))
        call.save(update_fields=["reason"])
        _write_down(call, user, [[TOPICS, "", ", ".join(new)]])
    return new


def unfinished(user: Any = None) -> Any:
    """Calls still to be answered, the earliest due first; with `user`, those they own."""
    calls = ModelCall.objects.filter(status__in=UNFINISHED)
    return calls.filter(owner=user) if user is not None else calls


def _locked(pk: int, seen: int | None = None) -> ModelCall:
    call = ModelCall.objects.select_for_update().get(pk=pk)
    if seen is not None and call.changes.order_by("pk").values_list("pk", flat=True).last() != seen:
        raise ChangedMeanwhileError
    return call


def _differences(before: ModelCall | None, after: ModelCall) -> list[list[str]]:
    # One language for all who read it later.
    with override(settings.LANGUAGE_CODE):
        words = [
            (name, _words(before, name) if before is not None else "", _words(after, name)) for name in FIELDS
        ]
    return [[name, old, new] for name, old, new in words if old != new]


def _words(call: ModelCall, name: str) -> str:
    if name == "status":
        return str(call.get_status_display())
    value = getattr(call, name)
    if value is None:
        return ""
    if name == "answer":
        return f"{value.title} ({value.pk})"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _write_down(call: ModelCall, user: Any, changes: list[list[str]], action: str = EDIT) -> None:
    ModelCallChange.objects.create(call=call, user=user, user_name=str(user)[:300], changes=changes)
    log(instance=call, action=action, user=user, data={"changes": changes})
