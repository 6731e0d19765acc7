"""When a server that has failed is asked again."""

from search.engines.breaker import FIRST_PAUSE, LONGEST_PAUSE, Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_breaker__one_tries_after_the_pause_and_each_failed_try_doubles_it() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    assert breaker.may_ask()
    pause = breaker.failed()
    assert pause == FIRST_PAUSE
    for expected in (10.0, 20.0, 40.0, LONGEST_PAUSE, LONGEST_PAUSE):
        assert not breaker.may_ask()
        clock.now += pause
        assert breaker.may_ask()
        assert not breaker.may_ask()
        pause = breaker.failed()
        assert pause == expected
    clock.now += pause
    assert breaker.may_ask()
    assert breaker.succeeded()
    assert all(breaker.may_ask() for _reader in range(2))


def test_breaker__readers_who_waited_together_count_as_one_failure() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    assert all(breaker.may_ask() for _reader in range(8))
    assert [breaker.failed() for _reader in range(8)] == [FIRST_PAUSE, *[0.0] * 7]
    clock.now += FIRST_PAUSE
    assert breaker.may_ask()
