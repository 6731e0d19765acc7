import logging
from collections.abc import Callable

import pytest

from cms import periodic
from cms.periodic import Job, Timetable

# Between jobs connections grown too old are closed, which asks the database.
pytestmark = pytest.mark.django_db


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fail() -> None:
    raise RuntimeError("no luck")


def timetable(clock: Clock, *jobs: tuple[str, float, Callable[[], object]]) -> Timetable:
    return Timetable(tuple(Job(*job) for job in jobs), clock)


def test_timetable__runs_at_the_start_and_then_when_due(clock: Clock) -> None:
    table = timetable(clock, ("minute", 60, int), ("hour", 3600, int))
    assert table.run_due() == ["minute", "hour"]
    clock.now += 59
    assert table.run_due() == []
    clock.now += 1
    assert table.run_due() == ["minute"]


def test_timetable__long_pause_runs_once(clock: Clock) -> None:
    table = timetable(clock, ("minute", 60, int))
    table.run_due()
    clock.now += 10_000
    assert table.run_due() == ["minute"]
    assert table.run_due() == []


def test_timetable__failure_is_logged_and_the_rest_goes_on(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    table = timetable(clock, ("broken", 60, fail), ("good", 60, int))
    with caplog.at_level(logging.ERROR):
        assert table.run_due() == ["good"]
    assert "'broken' failed" in caplog.text
    assert "no luck" in caplog.text
    clock.now += 60
    assert table.run_due() == ["good"]


def test_register__name_taken() -> None:
    with pytest.raises(ValueError, match="scheduled publishing"):
        periodic.register("scheduled publishing", 60, int)


@pytest.mark.parametrize("seconds", [0, -1])
def test_register__senseless_time(seconds: float) -> None:
    with pytest.raises(ValueError, match="more than 0"):
        periodic.register("senseless", seconds, int)
    assert "senseless" not in {job.name for job in periodic.jobs()}


def test_jobs__publish_every_minute() -> None:
    assert {job.name: job.seconds for job in periodic.jobs()}["scheduled publishing"] == 60
