import datetime

import pytest
from django.utils import timezone

from directory.derived.confirmation import Badge, add_months, badge_for, confirmation_state
from directory.models import Confirmation
from tests.factories.directory import innovation

TODAY = datetime.date(2026, 3, 31)


@pytest.mark.parametrize(
    ("page_status", "last_status", "last_date", "expected"),
    [
        ("running", None, None, Badge.UNCONFIRMED),
        ("running", "running", datetime.date(2026, 3, 31), Badge.CONFIRMED),
        ("running", "running", datetime.date(2025, 3, 31), Badge.CONFIRMED),
        ("running", "running", datetime.date(2025, 3, 30), Badge.DUE),
        ("running", "developed", datetime.date(2024, 3, 31), Badge.DUE),
        ("running", "running", datetime.date(2024, 3, 30), Badge.UNCONFIRMED),
        ("running", "unknown", datetime.date(2026, 3, 1), Badge.UNCONFIRMED),
        ("unknown", "running", datetime.date(2026, 3, 1), Badge.CONFIRMED),
        ("running", "stopped", datetime.date(2020, 1, 1), Badge.STOPPED),
        ("stopped", None, None, Badge.STOPPED),
        ("stopped", "running", datetime.date(2026, 3, 1), Badge.STOPPED),
    ],
)
def test_badge_for__every_case(page_status, last_status, last_date, expected):
    assert badge_for(page_status, last_status, last_date, TODAY) == expected


@pytest.mark.parametrize(
    ("date", "months", "expected"),
    [
        (datetime.date(2024, 2, 29), 12, datetime.date(2025, 2, 28)),
        (datetime.date(2025, 12, 31), 2, datetime.date(2026, 2, 28)),
        (datetime.date(2025, 1, 1), 24, datetime.date(2027, 1, 1)),
    ],
)
def test_add_months__keeps_to_the_calendar(date, months, expected):
    assert add_months(date, months) == expected


@pytest.mark.django_db
def test_confirmation_state__latest_row_counts():
    page = innovation(operational_status="running")
    assert confirmation_state(page).badge == Badge.UNCONFIRMED
    now = timezone.now()
    Confirmation.objects.create(page=page, status="stopped", confirmed_at=now - datetime.timedelta(days=900))
    Confirmation.objects.create(page=page, status="running", confirmed_at=now)
    state = confirmation_state(page)
    assert state.badge == Badge.CONFIRMED
    assert state.confirmed_on == timezone.localdate(now)
    assert state.due_on == add_months(timezone.localdate(now), 12)
