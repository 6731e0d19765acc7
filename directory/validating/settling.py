"""What a validator decides: approve or return, and which rows of evidence he has verified."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.choices import Source as RecordSource
from directory.derived.evidence import content_hash, evidence_rows
from directory.models import InnovationPage, Validation, Verification
from directory.validating.validators import may_validate, sources_of, sources_validated_by, validators_of
from institutions.approval.mails import SUBMITTED, send
from institutions.models import Review
from institutions.refusals import NotYoursError
from institutions.roles import Source

if TYPE_CHECKING:
    from accounts.models import User

VERIFY = "directory.verify"


@transaction.atomic
def settle(
    review: Review,
    user: "User",
    action: str,
    comment: str = "",
    remarks: Mapping[str, str] | None = None,
    verified: Iterable[str] = (),
    shown: int | None = None,
) -> None:
    """Approve or return a record. `remarks`: part → what is said of it; `verified`: ids of evidence rows;
    `shown`: number of the version that was judged, where it is not the one submitted.

    Raises `RefusedError` where the person may not, somebody was quicker, the record has another version by
    now, or is not complete enough to be published; then nothing has changed.
    """
    task, shown = review.task.specific, shown or review.revision_id
    _held, page = task.held(review, user, shown)
    verify(page.get_latest_revision_as_object(), user, verified)
    said = {"comment": comment, "remarks": dict(remarks or {})}
    task.on_action(review, user, action, shown=shown, **said)


@transaction.atomic
def verify(page: InnovationPage, user: "User", block_ids: Iterable[str]) -> list[Verification]:
    """Note that these rows of evidence, as this page has them, were checked. Those verified already stay."""
    wanted = set(block_ids)
    if wanted and not may_validate(page, user):
        raise NotYoursError(_("Anda tidak dapat memverifikasi bukti inovasi ini."))
    made = [
        Verification.objects.create(
            page=page.source_page, block_id=row.block_id, content_hash=content_hash(row.value), validator=user
        )
        for row in evidence_rows(page)
        if row.block_id in wanted and row.verification is None
    ]
    for row in made:
        log(page.source_page, VERIFY, user=user, data={"block_id": row.block_id})
    return made


def note_validation(review: Review, user: "User", note: str) -> None:
    """A row for each source in whose name the record is approved; its other sources' validators are told."""
    page = review.workflow_state.content_object.specific
    sources = sources_of(page)
    own = [source for source in sources if source in sources_validated_by(user)] or sources[:1]
    for source in own:
        kept = RecordSource.OTHER if source == Source.NONE else source
        Validation.objects.create(page=page.source_page, source=kept, validator=user, note=note)
    if others := [source for source in sources if source not in own]:
        told = validators_of(page).filter(groups__role__source__in=others).exclude(pk=user.pk).distinct()
        context = {"page": page, "by": user, "source": ", ".join(str(Source(one).label) for one in own)}
        subject = _("[JIPPNas] Sudah divalidasi: %s") % " ".join(page.draft_title.split())[:120]
        send(told, SUBMITTED, subject, "validated", context)
