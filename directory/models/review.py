from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState

from directory.validating.lock import ValidationLock
from institutions.models import Review, ReviewTask

if TYPE_CHECKING:
    from accounts.models import User


class ValidationTask(ReviewTask):
    """The second approval of an innovation, by a validator of its source; never of the owner's own people."""

    has_queue = True
    lock_class = ValidationLock

    class Meta:
        verbose_name = _("validasi sumber")
        verbose_name_plural = _("validasi sumber")

    def approvers(self, page: Page) -> "models.QuerySet[User]":
        from directory.validating.validators import validators_of

        return validators_of(page.specific)

    def stand_ins(self, page: Page) -> "models.QuerySet[User]":
        from directory.validating.validators import stand_ins_for

        return stand_ins_for(page.specific)

    def may_review(self, page: Page, user: "User") -> bool:
        from directory.validating.validators import may_validate

        # Wagtail asks with the plain page, and with any page whose number stands in the address.
        record = page.specific
        return hasattr(record, "source_page") and may_validate(record, user)

    def reviewable_pages(self, user: "User") -> "models.QuerySet[Page] | None":
        from directory.validating.validators import pages_validated_by

        belongs = user.memberships.filter(ended_at=None).exists()
        return None if user.is_superuser and not belongs else pages_validated_by(user)

    def address(self, review: Review) -> str:
        return reverse("validating:review", args=[review.pk])

    def locked_for_user(self, obj: Page, user: "User") -> bool:
        # Readers get what a validator was shown: who has something to change returns it first.
        return True

    def on_action(self, task_state: TaskState, user: "User", action_name: str, /, **kwargs: Any) -> None:
        """As every review's; who does not say which version he was shown judges the one submitted."""
        super().on_action(task_state, user, action_name, **{"shown": task_state.revision_id, **kwargs})

    def note_approval(self, review: Review, user: "User", comment: str) -> None:
        """It is validated, in the name of its source."""
        from directory.validating.settling import note_validation

        note_validation(review, user, comment)

    @classmethod
    def get_description(cls) -> str:
        return gettext(
            "Validator sumber inovasi itu dapat menyetujuinya; bukan orang dari instansi pemiliknya"
        )
