"""What waits for an approval, and the tasks that give it: they find their approvers from the page.

The first approval, by the editors of the section a page stands in, is here; higher apps bring further ones
(`institutions.approval.workflows.add_task`).
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from cms.holding import hold
from institutions.approval.parts import parts_of
from institutions.refusals import ChangedError, NotYoursError

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

APPROVE, RETURN, HAND_ON = "approve", "reject", "hand_on"


class Review(TaskState):
    """One approval asked for: whose turn it is, and what the reviewer says about which part of the page."""

    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ditugaskan kepada"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Part of the page → what is said about it; the general remark is `comment`.
    remarks = models.JSONField(_("catatan per bagian"), default=dict, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    exclude_fields_in_copy = ["reminded_at"]

    class Meta:
        default_permissions = ()
        verbose_name = _("peninjauan")
        verbose_name_plural = _("peninjauan")

    @property
    def parts(self) -> Mapping[str, Any]:
        """Of the page: what something can be said about apart, name → label."""
        return parts_of(ContentType.objects.get_for_id(self.workflow_state.content_type_id).model_class())

    def said(self) -> list[tuple[str, str]]:
        """The remarks with the names of the parts, in the order of the form they were written in."""
        return [
            (str(label), self.remarks[name]) for name, label in self.parts.items() if self.remarks.get(name)
        ]

    @property
    def is_open(self) -> bool:
        """Whether it waits still."""
        state = self.workflow_state
        return self.status == self.STATUS_IN_PROGRESS and state.status == WorkflowState.STATUS_IN_PROGRESS

    @property
    def outcome(self) -> str:
        """How it ended, for who comes too late."""
        said = {"status": self.get_status_display(), "name": self.finished_by}
        if self.finished_by is None:
            return gettext("Peninjauan ini sudah diselesaikan: %(status)s.") % said
        return gettext("Peninjauan ini sudah diselesaikan oleh %(name)s: %(status)s.") % said


def open_reviews() -> "QuerySet[Review]":
    """What waits for an approval, with what is read of it."""
    return Review.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
    ).select_related("workflow_state", "task", "assigned_to")


class ReviewTask(Task):
    """A task whose approvers follow from the page. Approved and returned here and nowhere else: under a lock,
    by somebody who may at that moment."""

    task_state_class = Review
    # Whether there is a queue of its own for it, with its own panel on the admin's front page.
    has_queue = False

    class Meta:
        abstract = True

    def approvers(self, page: Page) -> "QuerySet[User]":
        """Who is asked: people who can sign in."""
        raise NotImplementedError

    def stand_ins(self, page: Page) -> "QuerySet[User]":
        """Who is asked where there is no approver: programme owners, or else administrators."""
        from institutions.approval.mails import administrators, overseers

        return overseers() if overseers().exists() else administrators()

    def asked(self, page: Page) -> "QuerySet[User]":
        """The approvers, or those who stand in for them."""
        people = self.approvers(page)
        return people if people.exists() else self.stand_ins(page)

    def address(self, review: Review) -> str:
        """Path of the page on which it is reviewed."""
        return reverse("wagtailadmin_pages:edit", args=[review.workflow_state.object_id])

    def start(self, workflow_state: WorkflowState, user: "User | None" = None) -> TaskState:
        """As Wagtail's; those who should approve are asked by mail."""
        from institutions.approval.mails import ask

        review = super().start(workflow_state, user=user)
        if not self.settle_at_once(review, user):
            ask(review)
        return review

    def note_approval(self, review: Review, user: "User", comment: str) -> None:
        """What else is written down where it is approved, before the page is published by it."""

    def settle_at_once(self, review: Review, user: "User | None") -> bool:
        """Whether nobody need be asked: the review is then approved already."""
        return False

    def may_review(self, page: Page, user: "User") -> bool:
        raise NotImplementedError

    def reviewable_pages(self, user: "User") -> "QuerySet[Page] | None":
        """Pages on which `may_review` holds for this person; None where that is every page."""
        raise NotImplementedError

    def user_can_access_editor(self, obj: Page, user: "User") -> bool:
        # Who may write here has the right by the section; nobody else gets it from a task.
        return False

    def locked_for_user(self, obj: Page, user: "User") -> bool:
        return not self.may_review(obj, user)

    def get_actions(self, obj: Page, user: "User") -> list[tuple[str, Any, bool]]:
        if not self.may_review(obj, user):
            return []
        return [
            (RETURN, _("Kembalikan untuk diperbaiki"), True),
            (APPROVE, _("Setujui"), False),
            (APPROVE, _("Setujui dengan catatan"), True),
            (HAND_ON, _("Serahkan kepada peninjau lain"), True),
        ]

    def form_for(self, action_name: str, page: Page, user: "User") -> Callable[..., forms.Form]:
        """What makes the form of such an action on a page; `on_action` takes what it has cleaned."""
        from institutions.approval.forms import HandOnForm, RemarksForm

        if action_name == HAND_ON:
            return partial(HandOnForm, self.approvers(page.specific).exclude(pk=user.pk))
        return partial(RemarksForm, parts_of(page.specific_class) if action_name == RETURN else {})

    def get_template_for_action(self, action: str) -> str:
        return "institutions/approval/dialogue.html"

    def held(self, task_state: TaskState, user: "User", shown: int | None = None) -> tuple[Review, Page]:
        """The review and its page as they are now; nobody changes them until the transaction ends.

        Raises `NotYoursError` where the person may not settle it, or somebody was quicker, and `ChangedError`
        where the page's latest version is not the one that was `shown` to him.

        Wagtail's views take the task state's number from the address and check the page's: here the page is
        the task state's own.
        """
        # Approving publishes: the page is read as it stands then.
        hold([int(task_state.workflow_state.object_id)])
        review = Review.objects.select_for_update().get(pk=task_state.pk)
        page = review.workflow_state.content_object
        if review.task_id != self.pk or page is None or not self.may_review(page.specific, user):
            raise NotYoursError(gettext("Anda tidak (lagi) bertugas meninjau halaman ini."))
        if not review.is_open:
            raise NotYoursError(review.outcome)
        if shown is not None and shown != page.latest_revision_id:
            raise ChangedError(
                gettext(
                    "Halaman ini berubah sesudah Anda membukanya. Periksa versi yang tampil sekarang, "
                    "lalu kirim sekali lagi."
                )
            )
        return review, page.specific

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: "User", action_name: str, /, **kwargs: Any) -> None:
        """Approve, return, or hand on to somebody else (`to`: his key).

        `comment` and `remarks` (part → text) are what is said of it; `shown`: the version that was judged.
        Raises what `held` raises.
        """
        if action_name == HAND_ON:
            from institutions.approval.handing_on import hand_on

            hand_on(*self.held(task_state, user), kwargs.get("to"), user)
            return
        review, page = self.held(task_state, user, kwargs.get("shown"))
        comment = str(kwargs.get("comment") or "")
        review.remarks = _of_parts(kwargs.get("remarks"), review.parts)
        # Who may settle it may have changed it first.
        review.revision_id = page.latest_revision_id
        if action_name == APPROVE:
            self.note_approval(review, user, comment)
        super().on_action(review, user, action_name, comment=comment)

    def get_task_states_user_can_moderate(self, user: "User", **kwargs: Any) -> "QuerySet[TaskState]":
        states = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        reviewable = self.reviewable_pages(user)
        if reviewable is None:
            return states
        pages = reviewable.annotate(as_text=models.functions.Cast("pk", models.CharField(max_length=255)))
        return states.filter(workflow_state__object_id__in=pages.values("as_text"))


class OwnersApprovalTask(ReviewTask):
    """Approved by an editor of the section the page stands in. What such an editor submits is approved
    by that."""

    class Meta:
        verbose_name = _("persetujuan editor instansi")
        verbose_name_plural = _("persetujuan editor instansi")

    def settle_at_once(self, review: Review, user: "User | None") -> bool:
        if user is None or not self._edits(review.workflow_state.content_object, user):
            return False
        review.approve(user=user, update=False)
        return True

    def approvers(self, page: Page) -> "QuerySet[User]":
        from institutions.approval.owners import editors_of_section

        return editors_of_section(page)

    def may_review(self, page: Page, user: "User") -> bool:
        from institutions.memberships import oversees

        return oversees(user) or self._edits(page, user)

    def reviewable_pages(self, user: "User") -> "QuerySet[Page] | None":
        from institutions.approval.owners import pages_edited_by
        from institutions.memberships import oversees

        return None if oversees(user) else pages_edited_by(user)

    def _edits(self, page: Page, user: "User") -> bool:
        return self.approvers(page).filter(pk=user.pk).exists()

    @classmethod
    def get_description(cls) -> str:
        return gettext("Editor bagian tempat halaman itu berada dapat menyetujuinya")


def _of_parts(remarks: Any, parts: Mapping[str, Any]) -> dict[str, str]:
    """Wagtail passes on what a form was sent, whatever that is."""
    said = remarks if isinstance(remarks, dict) else {}
    return {name: said[name] for name in parts if isinstance(said.get(name), str) and said[name]}
