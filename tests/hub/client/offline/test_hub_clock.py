from datetime import UTC, datetime, timedelta

import pytest

from hub.client.offline.hub_clock import HubClock, KioskClocks
from hub.client.offline.lease_book import LastContact

HUB = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
WALL = datetime(2031, 1, 1, tzinfo=UTC)


class Clocks:
    """A steady clock and a wall clock that is years off."""

    def __init__(self) -> None:
        self.steady, self.wall = 100.0, WALL

    def clock(self, last: LastContact | None = None) -> HubClock:
        return HubClock(KioskClocks(lambda: self.steady, lambda: self.wall, "boot-1"), last)


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


def test_before_the_first_word_nothing_is_known(clocks) -> None:
    clock = clocks.clock()
    assert (clock.now(), clock.silence()) == (None, None)


def test_the_steady_clock_counts_on_whatever_the_wall_clock_does(clocks) -> None:
    clock = clocks.clock()
    assert clock.hear(HUB) == LastContact(HUB, WALL, 100.0, "boot-1")
    clocks.steady += 90
    clocks.wall -= timedelta(days=9)
    assert clock.now() == HUB + timedelta(seconds=90)
    assert clock.silence() == timedelta(seconds=90)


def test_between_two_runs_the_wall_clock_counts(clocks) -> None:
    clocks.wall += timedelta(minutes=7)
    clock = clocks.clock(LastContact(HUB, WALL))
    clocks.steady += 60
    assert clock.now() == HUB + timedelta(minutes=8)
    assert clock.silence() == timedelta(minutes=8)


def test_a_wall_clock_that_was_set_back_says_nothing_until_the_hub_is_heard(clocks) -> None:
    clocks.wall -= timedelta(seconds=1)
    clock = clocks.clock(LastContact(HUB, WALL))
    assert (clock.now(), clock.silence()) == (None, None)
    clock.hear(HUB)
    assert clock.silence() == timedelta(0)


@pytest.mark.parametrize("days", [-20_000, -1, 1, 20_000])
def test_over_a_restart_of_the_program_a_jump_of_the_wall_clock_changes_nothing(
    clocks, days
) -> None:
    last = clocks.clock().hear(HUB)
    clocks.steady += 60
    clocks.wall += timedelta(days=days)
    clock = clocks.clock(last)
    assert clock.now() == HUB + timedelta(seconds=60)
    assert clock.silence() == timedelta(seconds=60)


def test_the_steady_clock_of_another_boot_counts_nothing(clocks) -> None:
    clocks.wall += timedelta(minutes=7)
    last = LastContact(HUB, WALL, 90.0, "boot-0")
    assert clocks.clock(last).now() == HUB + timedelta(minutes=7)
