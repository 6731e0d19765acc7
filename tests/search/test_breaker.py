from datetime import timedelta

import pytest
from django.utils import timezone

from search import index
from search.engines.breaker import FIRST_PAUSE, LONGEST_PAUSE, Breaker
from search.engines.lag import FAR, Lag, look
from search.models import OutboxEntry
from tests.factories.search import document
from tests.search.clock import Clock


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock)


def test_breaker__closed_lets_everybody_ask(breaker: Breaker) -> None:
    assert all(breaker.may_ask() for _reader in range(3))
    assert breaker.succeeded() is False


def test_breaker__open_lets_nobody_ask_until_the_pause_is_over(breaker: Breaker, clock: Clock) -> None:
    assert breaker.failed() == FIRST_PAUSE
    clock.now += FIRST_PAUSE - 0.01
    assert not breaker.may_ask()
    clock.now += 0.01
    assert breaker.may_ask()


def test_breaker__one_tries_while_the_others_wait(breaker: Breaker, clock: Clock) -> None:
    breaker.failed()
    clock.now += FIRST_PAUSE
    assert [breaker.may_ask() for _reader in range(3)] == [True, False, False]
    assert breaker.succeeded() is True
    assert [breaker.may_ask() for _reader in range(3)] == [True, True, True]
    assert breaker.succeeded() is False


def test_breaker__a_try_that_never_comes_back_is_followed_by_another(breaker: Breaker, clock: Clock) -> None:
    breaker.failed()
    clock.now += FIRST_PAUSE
    assert breaker.may_ask()
    clock.now += FIRST_PAUSE
    assert breaker.may_ask()


def test_breaker__pauses_grow_up_to_a_minute_and_begin_anew(breaker: Breaker, clock: Clock) -> None:
    pauses = []
    for _try in range(50):
        assert breaker.may_ask()
        pauses.append(breaker.failed())
        clock.now += pauses[-1]
    assert pauses[:6] == [5, 10, 20, 40, LONGEST_PAUSE, LONGEST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE
    breaker.succeeded()
    assert breaker.failed() == FIRST_PAUSE


def test_breaker__many_who_fail_together_count_once(breaker: Breaker, clock: Clock) -> None:
    assert all(breaker.may_ask() for _reader in range(8))
    assert [breaker.failed() for _reader in range(8)] == [FIRST_PAUSE] + [0] * 7
    clock.now += FIRST_PAUSE
    assert breaker.may_ask()
    assert breaker.failed() == 2 * FIRST_PAUSE


@pytest.mark.parametrize(
    ("age", "is_far"), [(timedelta(0), False), (FAR - timedelta(seconds=5), False), (FAR * 1.1, True)]
)
def test_lag__far_behind_after_a_minute(age: timedelta, is_far: bool) -> None:
    assert Lag(timezone.now() - age).is_far_behind is is_far


def test_lag__nothing_waits() -> None:
    assert not Lag().is_far_behind


@pytest.mark.django_db
def test_look__the_oldest_change_that_waits() -> None:
    assert look() == Lag(None, 0)
    for key in ("x:1", "x:2", "x:3", "x:4"):
        index.store(document(key=key))
    entries = OutboxEntry.objects
    entries.filter(key="x:1").update(sent_at=timezone.now())
    # Refused: it is told of, but does not make the whole index count as behind.
    entries.filter(key="x:2").update(attempts=3)
    assert look() == Lag(entries.get(key="x:3").created_at, 1)


@pytest.mark.django_db
def test_look__takes_two_statements_however_many_wait(django_assert_num_queries) -> None:
    index.store_many([document() for _number in range(30)])
    with django_assert_num_queries(2):
        look()
