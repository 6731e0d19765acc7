"""What people are told of a review: who should approve, and whoever asked for it. In the portal's first
language.

Wagtail's own mails reach the groups of its group tasks and superusers only; these stand in their place.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Page, WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted
from wagtail.users.models import UserProfile

from institutions.models import Review, RoleGroup
from institutions.roles import Role
from institutions.scoping.people import with_rights

if TYPE_CHECKING:
    from django.db.models import QuerySet

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
    subject = gettext("[JIPPNas] Masih menunggu: %s") if again else gettext("[JIPPNas] Menunggu Anda: %s")
    people = task.stand_ins(page.specific) if nobody else asked
    return send(people, SUBMITTED, subject % _title(page), "asked", context)


def overseers() -> "QuerySet[User]":
    """The programme owners who may sign in."""
    groups = RoleGroup.objects.filter(role=Role.PROGRAMME_OWNER, workspace=None)
    return get_user_model().objects.filter(is_active=True, groups__role__in=groups).distinct()


def administrators() -> "QuerySet[User]":
    """The administrators who may sign in."""
    return get_user_model().objects.filter(is_active=True, is_superuser=True)


def send(people: "Iterable[User]", wish: str, subject: str, template: str, context: dict[str, Any]) -> int:
    """One mail to each of these people who has an address and has not switched this kind off."""
    sent = 0
    for person in people:
        wanted = getattr(UserProfile.get_for_user(person), f"{wish}_notifications")
        if not person.is_active or not person.email or not wanted:
            continue
        with override(settings.LANGUAGE_CODE):
            body = render_to_string(f"institutions/mails/{template}.txt", {**context, "person": person})
        EmailMessage(subject=subject, body=body.strip() + "\n", to=[person.email]).send()
        sent += 1
    return sent


def _silent(**kwargs: Any) -> None:
    """Wagtail would write to every superuser; who should approve is asked by the task."""


def _returned(instance: WorkflowState, user: "User | None" = None, **kwargs: Any) -> None:
    page = instance.content_object
    review = Review.objects.filter(pk=instance.current_task_state_id).first()
    context = {
        "page": page, "by": user, "comment": review.comment if review else "",
        "remarks": review.said() if review else [], "link": _edit(page),
    }  # fmt: skip
    subject = gettext("[JIPPNas] Perlu diperbaiki: %s") % _title(page)
    send(_asking(instance, user), REJECTED, subject, "returned", context)


def _approved(instance: WorkflowState, user: "User | None" = None, **kwargs: Any) -> None:
    page = Page.objects.get(pk=instance.object_id)
    context = {"page": page, "by": user, "link": page.full_url if page.live else _edit(page)}
    subject = gettext("[JIPPNas] Terbit: %s") if page.live else gettext("[JIPPNas] Disetujui: %s")
    send(_asking(instance, user), APPROVED, subject % _title(page), "approved", context)


def _asking(state: WorkflowState, acting: "User | None") -> "set[User]":
    """Who submitted the page and who began it, but not who is told by doing it himself, nor who has left."""
    page = state.content_object
    return set(with_rights({one for one in (state.requested_by, page.owner) if one}, page)) - {acting}


def _title(page: Page) -> str:
    """Of the draft; a title may hold anything, a subject is one line."""
    return " ".join(page.draft_title.split())[:120]


def _edit(page: Page) -> str:
    return _absolute(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
