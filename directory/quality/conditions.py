"""What records are asked for by: the figures count with it, the admin's list filters with it."""

import datetime

from django.conf import settings
from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from directory.choices import OperationalStatus
from directory.derived.confirmation import CONFIRMED_MONTHS, DUE_MONTHS, Badge, add_months
from directory.derived.gaps import gap_bit
from directory.models import Confirmation, InnovationPage, SourceRecord

# What stands in an address for records that no source brought, and for those nobody has confirmed yet.
NO_SOURCE = "none"
NEVER = "never"


def records() -> QuerySet[InnovationPage]:
    """Every innovation once: its page in the portal's first language, no page that only follows another."""
    return InnovationPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE, alias_of=None)


def lacking(field: str) -> GreaterThan:
    """A condition: the record lacks this item of `completeness.ITEMS`. `ValueError` for what is none."""
    return GreaterThan(F("missing_items").bitand(gap_bit(field)), Value(0))


def without_place() -> Q:
    """A condition: no region of its own and none by its owner; on no map, in no province."""
    return Q(lacking("region")) & Q(institution__region=None)


def from_source(pages: QuerySet[InnovationPage], source: str) -> QuerySet[InnovationPage]:
    """Those this source has brought; with `NO_SOURCE` those none has."""
    # By key: a join would list a record once for each of its sources.
    rows = SourceRecord.objects.all() if source == NO_SOURCE else SourceRecord.objects.filter(source=source)
    brought = Q(pk__in=rows.values("page"))
    return pages.filter(~brought if source == NO_SOURCE else brought)


def never_confirmed() -> Q:
    return ~Q(pk__in=Confirmation.objects.values("page"))


def with_badge(
    pages: QuerySet[InnovationPage], today: datetime.date | None = None
) -> QuerySet[InnovationPage]:
    """The pages with `badge` as `confirmation.badge_for` has it."""
    today = today or timezone.localdate()
    latest = Confirmation.objects.filter(page=OuterRef("pk")).order_by("-confirmed_at")
    pages = pages.annotate(
        last_status=Subquery(latest.values("status")[:1]), last_at=Subquery(latest.values("confirmed_at")[:1])
    )
    stopped = Q(operational_status=OperationalStatus.STOPPED) | Q(last_status=OperationalStatus.STOPPED)
    badge = Case(
        When(stopped, Value(Badge.STOPPED.value)),
        When(last_status=OperationalStatus.UNKNOWN, then=Value(Badge.UNCONFIRMED.value)),
        When(last_at__gte=_earliest(today, CONFIRMED_MONTHS), then=Value(Badge.CONFIRMED.value)),
        When(last_at__gte=_earliest(today, DUE_MONTHS), then=Value(Badge.DUE.value)),
        default=Value(Badge.UNCONFIRMED.value),
        output_field=CharField(),
    )
    return pages.annotate(badge=badge)


def _earliest(today: datetime.date, months: int) -> datetime.datetime:
    """The first moment whose day, so many months on, is not before today."""
    day = add_months(today, -months)
    if add_months(day, months) < today:  # 29 February
        day += datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
