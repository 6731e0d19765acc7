"""What people are told of a review: who should approve, and whoever asked for it. Each in his own language.

Wagtail's own mails reach the groups of its group tasks and superusers only; these stand in their place.
"""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from wagtail.admin.signal_handlers import task_submission_email_notifier
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from cms.readers import PROFILE, in_language_of, profile_of
from institutions.models import Review, RoleGroup
from institutions.roles import Role
from institutions.scoping.people import with_rights

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise as StrPromise

    from accounts.models import User

# How Wagtail names what a person may switch off in his account.
SUBMITTED, APPROVED, REJECTED = "submitted", "approved", "rejected"


def connect() -> None:
    """Called once, from the app's `ready`. Takes the places of Wagtail's receivers: whoever comes second
    with a name that is taken is not connected."""
    for signal, event, receiver in (
        (workflow_submitted, "submitted", _silent),
        (workflow_approved, "approved", _approved),
        (workflow_rejected, "rejected", _returned),
    ):
        name = f"workflow_state_{event}_email_notification"
        signal.disconnect(sender=WorkflowState, dispatch_uid=name)
        signal.connect(receiver, sender=WorkflowState, dispatch_uid=name)
    name = "group_approval_task_submitted_email_notification"
    task_submitted.disconnect(sender=TaskState, dispatch_uid=name)
    task_submitted.connect(_group_asked, sender=TaskState, dispatch_uid=name)


def ask(review: Review, again: bool = False) -> int:
    """Tell those whose turn it is; returns how many. Where nobody is left, the programme owners."""
    task, page = review.task.specific, review.workflow_state.content_object
    asked = task.approvers(page.specific)
    if review.assigned_to_id and asked.filter(pk=review.assigned_to_id).exists():
        asked = asked.filter(pk=review.assigned_to_id)
    nobody = not asked.exists()
    owner = getattr(page.specific, "institution", None)
    context = {
        "page": page, "task": task, "again": again, "nobody": nobody, "since": review.started_at,
        "former": owner if nobody and owner and not owner.is_active else None,
        "requested_by": review.workflow_state.requested_by, "link": _absolute(task.address(review)),
    }  # fmt: skip
    first, later = gettext_lazy("[JIPPNas] Menunggu Anda: %s"), gettext_lazy("[JIPPNas] Masih menunggu: %s")
    people = task.stand_ins(page.specific) if nobody else asked
    return send(people, SUBMITTED, later if again else first, "asked", context)


def overseers() -> "QuerySet[User]":
    """The programme owners who may sign in."""
    groups = RoleGroup.objects.filter(role=Role.PROGRAMME_OWNER, workspace=None)
    return get_user_model().objects.filter(is_active=True, groups__role__in=groups).distinct()


def administrators() -> "QuerySet[User]":
    """The administrators who may sign in."""
    return get_user_model().objects.filter(is_active=True, is_superuser=True)


def send(
    people: "Iterable[User]", wish: str, subject: "StrPromise", template: str, context: dict[str, Any]
) -> int:
    """One mail to each of these people, in his language, if he has an address and has not switched this kind
    off.

    `subject`: a lazy text with a place for the title of `context["page"]`. Functions in the context are
    called for each person, in his language.
    """
    sent = 0
    asked = list(people)
    prefetch_related_objects(asked, PROFILE)
    for person in asked:
        wanted = getattr(profile_of(person), f"{wish}_notifications")
        if not person.is_active or not person.email or not wanted:
            continue
        with in_language_of(person):
            told = {name: value() if callable(value) else value for name, value in context.items()}
            body = render_to_string(f"institutions/mails/{template}.txt", {**told, "person": person})
            title = str(subject) % _title(context["page"])
        EmailMessage(subject=title, body=body.strip() + "\n", to=[person.email]).send()
        sent += 1
    return sent


def _group_asked(instance: TaskState, **kwargs: Any) -> None:
    """Wagtail's own mail to the groups of a task: to who has chosen no language in the portal's first, not in
    that of whoever submits."""
    with override(settings.LANGUAGE_CODE):
        task_submission_email_notifier(instance, **kwargs)


def _silent(**kwargs: Any) -> None:
    """Wagtail would write to every superuser; who should approve is asked by the task."""


def _returned(instance: WorkflowState, user: "User | None" = None, **kwargs: Any) -> None:
    page = instance.content_object
    review = Review.objects.filter(pk=instance.current_task_state_id).first()
    context = {
        "page": page, "by": user, "comment": review.comment if review else "",
        "remarks": review.said if review else [], "link": _edit(page),
    }  # fmt: skip
    send(
        _asking(instance, user), REJECTED, gettext_lazy("[JIPPNas] Perlu diperbaiki: %s"), "returned", context
    )


def _approved(instance: WorkflowState, user: "User | None" = None, **kwargs: Any) -> None:
    page = Page.objects.get(pk=instance.object_id)
    context = {"page": page, "by": user, "link": partial(_address, page)}
    live, approved = gettext_lazy("[JIPPNas] Terbit: %s"), gettext_lazy("[JIPPNas] Disetujui: %s")
    send(_asking(instance, user), APPROVED, live if page.live else approved, "approved", context)


def _asking(state: WorkflowState, acting: "User | None") -> "set[User]":
    """Who submitted the page and who began it, but not who is told by doing it himself, nor who has left."""
    page = state.content_object
    return set(with_rights({one for one in (state.requested_by, page.owner) if one}, page)) - {acting}


def _title(page: Page) -> str:
    """Of the draft; a title may hold anything, a subject is one line."""
    return " ".join(page.draft_title.split())[:120]


def _address(page: Page) -> str:
    """Where the reader of the mail that is being written sees the page."""
    if not page.live:
        return _edit(page)
    return page.specific.full_address(get_language() or settings.LANGUAGE_CODE)


def _edit(page: Page) -> str:
    return _absolute(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
