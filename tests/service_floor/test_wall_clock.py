"""The judge of a wall clock: a floor's days with jumps, and the days on which nothing may be held."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_floor.wall_clock import (
    EARLIEST,
    ClockJudge,
    ClockLimits,
    HoldReason,
    LastRun,
    Reading,
)
from service_floor.zone import ZONE, business_day

LIMITS = ClockLimits()
EIGHT = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Machine:
    """Two clocks: true time passes on both, a jump moves one."""

    def __init__(self, wall: datetime = EIGHT, boot: float = 5_000.0) -> None:
        self.wall, self.boot = wall, boot

    def read(self) -> Reading:
        return Reading(self.wall, self.boot)

    def pass_by(self, time: timedelta) -> None:
        self.wall += time
        self.boot += time.total_seconds()

    def jump(self, time: timedelta) -> None:
        self.wall += time

    def judge(self, last: LastRun | None = None) -> ClockJudge:
        return ClockJudge(LIMITS, self.read(), last)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_a_clock_that_goes_is_believed(machine) -> None:
    judge = machine.judge()
    for _ in range(100):
        machine.pass_by(HOUR)
        assert judge.judge(machine.read()) == machine.wall
    assert judge.hold is None


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (timedelta(seconds=61), HoldReason.AHEAD),
        (DAY, HoldReason.AHEAD),
        (365 * 50 * DAY, HoldReason.AHEAD),
        (timedelta(seconds=-61), HoldReason.BEHIND),
        (-DAY, HoldReason.BEHIND),
        (-365 * 50 * DAY, HoldReason.BEHIND),
    ],
)
def test_a_jump_is_held_and_time_goes_on_until_the_clock_agrees_again(
    machine, step, reason
) -> None:
    judge = machine.judge()
    machine.jump(step)
    assert judge.judge(machine.read()) == EIGHT
    assert judge.hold == (reason, EIGHT)
    machine.pass_by(HOUR)
    assert judge.judge(machine.read()) == EIGHT + HOUR
    machine.jump(-step)
    machine.pass_by(MINUTE)
    assert judge.judge(machine.read()) == EIGHT + HOUR + MINUTE
    assert judge.hold is None


def test_held_time_ends_with_the_day(machine) -> None:
    judge = machine.judge()
    machine.jump(DAY)
    judge.judge(machine.read())
    machine.pass_by(20 * HOUR)
    assert business_day(judge.judge(machine.read())) == EIGHT.date()
    assert judge.judge(machine.read()) == datetime(2026, 11, 20, 23, 59, 59, 999_999, tzinfo=ZONE)
    assert judge.confirm(machine.read())
    assert judge.judge(machine.read()) == machine.wall
    assert judge.hold is None


def test_a_confirmation_never_takes_the_day_back(machine) -> None:
    judge = machine.judge()
    machine.jump(-DAY)
    judge.judge(machine.read())
    assert not judge.confirm(machine.read())
    assert judge.hold is not None
    machine.jump(DAY - HOUR)
    assert judge.confirm(machine.read())
    machine.pass_by(MINUTE)
    # It stands until the confirmed clock has caught up.
    assert judge.judge(machine.read()) == EIGHT
    machine.pass_by(HOUR)
    assert judge.judge(machine.read()) == EIGHT + MINUTE


def test_small_steps_are_followed_and_never_run_backwards(machine) -> None:
    judge = machine.judge()
    machine.pass_by(HOUR)
    before = judge.judge(machine.read())
    machine.jump(timedelta(seconds=-30))
    assert judge.judge(machine.read()) == before
    machine.pass_by(MINUTE)
    assert judge.judge(machine.read()) == before + timedelta(seconds=30)
    machine.jump(timedelta(seconds=40))
    assert judge.judge(machine.read()) == machine.wall
    assert judge.hold is None


@pytest.mark.parametrize("sign", [1, -1])
def test_many_small_steps_are_no_way_around(machine, sign) -> None:
    judge = machine.judge()
    for _ in range(3):
        machine.pass_by(MINUTE)
        machine.jump(timedelta(seconds=25 * sign))
        judge.judge(machine.read())
    assert judge.hold is not None


@pytest.mark.parametrize("sign", [1, -1])
def test_small_steps_are_forgotten_in_half_a_day(machine, sign) -> None:
    judge = machine.judge()
    for _ in range(9):
        machine.pass_by(12 * HOUR)
        machine.jump(timedelta(seconds=50 * sign))
        judge.judge(machine.read())
    assert judge.hold is None


@pytest.mark.parametrize(
    ("later", "ended_cleanly", "reason"),
    [
        (16 * HOUR, True, None),
        (13 * DAY, True, None),
        (15 * DAY, True, HoldReason.LONG_AFTER_LAST_ROW),
        (timedelta(seconds=-30), True, None),
        (timedelta(minutes=-2), True, HoldReason.BEFORE_LAST_ROW),
        (-365 * 50 * DAY, True, HoldReason.BEFORE_LAST_ROW),
        (16 * HOUR, False, None),
        (DAY, False, HoldReason.LONG_AFTER_LAST_ROW),
    ],
)
def test_a_start(later, ended_cleanly, reason) -> None:
    machine = Machine(EIGHT + later, boot=12.0)
    judge = machine.judge(LastRun(EIGHT, ended_cleanly))
    now = judge.judge(machine.read())
    assert (judge.hold and judge.hold.reason) == reason
    assert now == (EIGHT if reason else max(EIGHT, machine.wall))


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        (timedelta(seconds=90), None),
        (timedelta(seconds=140), None),
        (DAY, HoldReason.AHEAD),
        (-HOUR, HoldReason.BEHIND),
    ],
)
def test_after_a_crash_the_boot_clock_tells_how_late_it_is(later, reason) -> None:
    machine = Machine(EIGHT + later, boot=5_090.0)
    judge = machine.judge(LastRun(EIGHT, ended_cleanly=False, boot=5_000.0))
    assert (judge.hold and judge.hold.reason) == reason
    if reason:
        assert judge.judge(machine.read()) == EIGHT + timedelta(seconds=90)


def test_a_new_journal_believes_no_clock_of_before_the_suite() -> None:
    machine = Machine(datetime(1970, 1, 1, 7, 5, tzinfo=ZONE))
    judge = machine.judge()
    assert judge.hold == (HoldReason.BEFORE_RELEASE, machine.wall)
    machine.jump(EIGHT - machine.wall)
    assert judge.confirm(machine.read())
    assert judge.judge(machine.read()) == EIGHT
    assert Machine(EARLIEST).judge().hold is None


JUMPS = st.integers(-50 * 365 * 86_400, 50 * 365 * 86_400).map(lambda s: timedelta(seconds=s))
PASSES = st.integers(0, 7_200).map(lambda s: timedelta(seconds=s))


@given(st.lists(st.tuples(PASSES, JUMPS), min_size=1, max_size=30))
def test_time_never_runs_backwards_and_no_day_begins_unconfirmed(steps) -> None:
    machine = Machine()
    judge = machine.judge()
    times, held = [judge.judge(machine.read())], False
    for passes, jump in steps:
        machine.pass_by(passes)
        machine.jump(jump)
        times.append(judge.judge(machine.read()))
        if judge.hold is not None and held:
            assert business_day(times[-1]) == business_day(times[-2])
        held = judge.hold is not None
        true_boot = EIGHT + timedelta(seconds=machine.boot - 5_000.0)
        # Small steps may add up to the limit each half day.
        assert times[-1] - true_boot <= LIMITS.jump * (2 + 2 * len(times))
    assert all(before <= after for before, after in pairwise(times))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("morning", "suspend", "smear", "ntp")), st.integers(1, 10 * 86_400)
        ),
        max_size=20,
    )
)
def test_ordinary_days_hold_nothing(events) -> None:
    machine = Machine()
    judge = machine.judge()
    for kind, seconds in events:
        match kind:
            case "morning":
                last = LastRun(judge.judge(machine.read()), ended_cleanly=True, boot=machine.boot)
                machine = Machine(last.at + timedelta(seconds=seconds), boot=30.0)
                judge = machine.judge(last)
            case "suspend":
                # The clock battery is off by a second.
                machine.pass_by(timedelta(seconds=seconds))
                machine.jump(timedelta(seconds=seconds % 3 - 1))
            case "smear":
                for _ in range(24):
                    machine.pass_by(HOUR)
                    machine.jump(timedelta(seconds=1 / 24))
                    judge.judge(machine.read())
            case _:
                machine.pass_by(4 * HOUR)
                machine.jump(timedelta(milliseconds=seconds % 1_000 - 500))
        judge.judge(machine.read())
        assert judge.hold is None
