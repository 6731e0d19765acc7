from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState

from institutions.models import Review, ReviewTask

if TYPE_CHECKING:
    from accounts.models import User


class ValidationTask(ReviewTask):
    """The second approval of an innovation, by a validator of its source; never of the owner's own people."""

    has_queue = True

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

        return None if user.is_superuser else pages_validated_by(user)

    def address(self, review: Review) -> str:
        return reverse("validating:review", args=[review.pk])

    def settle_at_once(self, review: Review, user: "User | None") -> bool:
        """A translation is no other record: what it says was validated with its source."""
        page = review.workflow_state.content_object.specific
        if page.source_page.pk == page.pk:
            return False
        review.approve(user=user, update=False)
        return True

    def remark_labels(self) -> dict[str, Any]:
        from directory.validating.parts import PARTS

        return PARTS

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: "User", action_name: str, **kwargs: Any) -> None:
        """As every review's; what is approved is noted as validated, in the name of its source."""
        from directory.validating.settling import note_validation

        if action_name == "approve":
            # Before it is published: the record goes live with it, and is undone with it.
            note_validation(task_state, user, kwargs.get("comment", ""))
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        return gettext(
            "Validator sumber inovasi itu dapat menyetujuinya; bukan orang dari instansi pemiliknya"
        )
