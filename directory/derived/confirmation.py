"""The badge that says whether somebody still vouches for an innovation.

The rule (docs/domain.md): "confirmed (within 12 months), due (12 to 24), unconfirmed (over 24 or never),
stopped."
"""

import calendar
import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import OperationalStatus

if TYPE_CHECKING:
    from directory.models.innovation import InnovationPage

CONFIRMED_MONTHS = 12
DUE_MONTHS = 24


class Badge(models.TextChoices):
    CONFIRMED = "confirmed", _("Dikonfirmasi")
    DUE = "due", _("Perlu konfirmasi")
    UNCONFIRMED = "unconfirmed", _("Belum dikonfirmasi")
    STOPPED = "stopped", _("Berhenti")


@dataclass(frozen=True, slots=True)
class ConfirmationState:
    """`confirmed_on` is None when nobody ever confirmed; `due_on` is when the badge falls due."""

    badge: Badge
    confirmed_on: datetime.date | None = None
    due_on: datetime.date | None = None


def add_months(date: datetime.date, months: int) -> datetime.date:
    """The same day some months on; the month's last day where it has no such day."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return date.replace(
        year=year, month=month + 1, day=min(date.day, calendar.monthrange(year, month + 1)[1])
    )


def badge_for(
    operational_status: str,
    last_status: str | None = None,
    last_date: datetime.date | None = None,
    today: datetime.date | None = None,
) -> Badge:
    """The badge from the page's status and the latest confirmation.

    "Stopped" from either wins. A latest answer of "unknown" confirms nothing.
    """
    if OperationalStatus.STOPPED in (operational_status, last_status):
        return Badge.STOPPED
    if last_date is None or last_status == OperationalStatus.UNKNOWN:
        return Badge.UNCONFIRMED
    today = today or timezone.localdate()
    if today <= add_months(last_date, CONFIRMED_MONTHS):
        return Badge.CONFIRMED
    return Badge.DUE if today <= add_months(last_date, DUE_MONTHS) else Badge.UNCONFIRMED


def current_status(operational_status: str, last_status: str | None = None) -> str:
    """Whether it still runs, said once for filters, cards and profiles.

    The owner's latest answer, where it is one, else the page's. "Stopped" from either wins.
    """
    if OperationalStatus.STOPPED in (operational_status, last_status):
        return OperationalStatus.STOPPED.value
    return operational_status if last_status in (None, "", OperationalStatus.UNKNOWN) else last_status


def confirmation_state(page: "InnovationPage", today: datetime.date | None = None) -> ConfirmationState:
    """The badge of a page in any language. One query, none with `confirmations` prefetched."""
    source = page.source_page
    latest = (
        max(source.confirmations.all(), key=lambda row: row.confirmed_at, default=None) if source.pk else None
    )
    if latest is None:
        return ConfirmationState(badge_for(page.operational_status, today=today))
    date = timezone.localdate(latest.confirmed_at)
    return ConfirmationState(
        badge_for(page.operational_status, latest.status, date, today),
        date,
        add_months(date, CONFIRMED_MONTHS),
    )
