"""The first approval of what a contributor submits: by the editors of the section it stands in."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from cms.holding import hold
from institutions.refusals import NotYoursError

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


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

    def said(self) -> list[tuple[str, str]]:
        """The remarks with the names of the parts, in the order of the form they were written in."""
        labels = self.task.specific.remark_labels()
        return [(str(label), self.remarks[name]) for name, label in labels.items() if self.remarks.get(name)]


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

    def remark_labels(self) -> dict[str, Any]:
        """Parts of the page about which something can be said apart: name → label."""
        return {}

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
            ("reject", _("Kembalikan untuk diperbaiki"), True),
            ("approve", _("Setujui"), False),
            ("approve", _("Setujui dengan catatan"), True),
        ]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: "User", action_name: str, **kwargs: Any) -> None:
        """Approve or return. Raises `NotYoursError` where the person may not, or somebody was quicker.

        Wagtail's views take the task state's number from the address and check the page's: here the page is
        the task state's own.
        """
        # Approving publishes: the page is read as it stands then.
        hold([int(task_state.workflow_state.object_id)])
        review = Review.objects.select_for_update().get(pk=task_state.pk)
        page = review.workflow_state.content_object
        if review.task_id != self.pk or page is None or not self.may_review(page.specific, user):
            raise NotYoursError(gettext("Anda tidak (lagi) bertugas meninjau halaman ini."))
        if review.status != TaskState.STATUS_IN_PROGRESS:
            raise NotYoursError(
                gettext("Peninjauan ini sudah diselesaikan: %s.") % review.get_status_display()
            )
        review.remarks = kwargs.pop("remarks", {})
        super().on_action(review, user, action_name, **kwargs)

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
