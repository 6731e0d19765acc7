"""A review goes to the desk of another who may give it."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from institutions.approval.mails import ask
from institutions.log import HAND_ON
from institutions.models import Review
from institutions.refusals import NotYoursError

if TYPE_CHECKING:
    from accounts.models import User


def hand_on(review: Review, page: Page, to: Any, by: "User") -> None:
    """Both held (`ReviewTask.held`); `to` is the key of one of its approvers, who is told by mail. Others may
    give it as before. Raises `NotYoursError` where the key is nobody's who approves here."""
    number = str(to) if str(to).isdecimal() and len(str(to)) < 19 else "0"
    person = review.task.specific.approvers(page).filter(pk=number).first()
    if person is None:
        raise NotYoursError(_("Yang Anda pilih tidak dapat meninjau halaman ini."))
    review.assigned_to = person
    review.save(update_fields=["assigned_to"])
    log(page, HAND_ON, user=by, data={"to": str(person), "to_id": person.pk}, revision=review.revision)
    ask(review)
