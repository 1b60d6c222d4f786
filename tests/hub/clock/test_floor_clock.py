"""The hub's clock over a machine whose clocks are moved by hand."""

import logging
from datetime import datetime, timedelta

import pytest

from hub.clock import floor_clock
from hub.clock.floor_clock import ClockReport, FloorClock, GivenClock, MachineClock
from plumbing.limits import CLOCK_LINES_A_MINUTE
from service_floor.wall_clock import HoldReason, LastRun, Reading
from service_floor.zone import ZONE

EIGHT = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
DAY = timedelta(days=1)


class Machine(MachineClock):
    """A machine of the test; `synchronised` is what its kernel says."""

    __slots__ = ("boot", "synchronised", "wall")

    def __init__(self) -> None:
        for name, value in (("wall", EIGHT), ("boot", 100.0), ("synchronised", False)):
            self.put(name, value)

    def put(self, name, value) -> None:
        object.__setattr__(self, name, value)

    def jump(self, step: timedelta) -> None:
        self.put("wall", self.wall + step)

    def read(self) -> Reading:
        return Reading(self.wall, self.boot)

    def is_synchronised(self, reading: Reading) -> bool:
        return self.synchronised

    def boot_id(self) -> str:
        return "boot-1"


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_a_jump_is_logged_and_reported_until_a_person_confirms(machine, caplog) -> None:
    clock = FloorClock(machine, None)
    assert clock.report() == ClockReport()
    assert not clock.confirm("an")
    machine.jump(DAY)
    with caplog.at_level(logging.WARNING, "hub"):
        assert (clock(), clock()) == (EIGHT, EIGHT)
        assert clock.report() == ClockReport(
            held=True, reason=HoldReason.AHEAD, since=EIGHT, machine=EIGHT + DAY
        )
        assert clock.stamp() == (EIGHT, 100.0, "boot-1", True)
        assert clock.confirm("an")
        assert clock() == EIGHT + DAY
    first, confirmed, again = (record.getMessage() for record in caplog.records)
    assert "not believed (ahead)" in first
    assert "2026-11-21T08:00:00" in first
    assert confirmed == "the clock is confirmed by an"
    assert "believed again" in again
    assert clock.stamp() == (EIGHT + DAY, 100.0, "boot-1", False)


def test_a_clock_that_goes_on_jumping_is_counted_in_the_log(machine, caplog, monkeypatch) -> None:
    second = [0.0]
    monkeypatch.setattr(floor_clock, "monotonic", lambda: second[0])
    clock = FloorClock(machine, None)
    with caplog.at_level(logging.WARNING, "hub"):
        for _ in range(50):
            for step in (DAY, -DAY):
                machine.jump(step)
                clock()
        assert len(caplog.records) == CLOCK_LINES_A_MINUTE
        machine.jump(DAY)
        clock()
        assert len(caplog.records) == CLOCK_LINES_A_MINUTE
        second[0] += 60
        clock()
        clock()
    last = caplog.records[-1].getMessage()
    assert len(caplog.records) == CLOCK_LINES_A_MINUTE + 1
    assert "not believed (ahead)" in last
    assert last.endswith("(changed 99 times)")


def test_an_earlier_date_cannot_be_confirmed(machine) -> None:
    clock = FloorClock(machine, None)
    machine.jump(-DAY)
    assert not clock.confirm("an")
    assert clock.report().held


def test_the_state_of_the_time_service_confirms(machine, caplog) -> None:
    clock = FloorClock(machine, None)
    machine.put("synchronised", True)
    machine.jump(DAY)
    assert clock() == EIGHT + DAY
    assert not clock.report().held
    assert caplog.records == []


def test_the_time_service_is_not_asked_about_a_date_before_the_floors(machine) -> None:
    clock = FloorClock(machine, LastRun(EIGHT + DAY, ended_cleanly=True))
    machine.put("synchronised", True)
    assert clock() == EIGHT + DAY
    assert clock.report().reason is HoldReason.BEFORE_LAST_ROW


def test_a_given_clock_is_never_held() -> None:
    clock = GivenClock(lambda: EIGHT)
    assert (clock(), clock.report(), clock.confirm("an")) == (EIGHT, ClockReport(), False)
    assert clock.stamp() == (EIGHT, 0.0, "", False)


def test_this_machines_clocks_are_read_as_of_one_moment() -> None:
    machine = MachineClock()
    first, second = machine.read(), machine.read()
    assert first <= second
    assert isinstance(machine.is_synchronised(second), bool)
    assert machine.boot_id()
