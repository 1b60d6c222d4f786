"""A few days of the clock bench, and what its judgement finds."""

import random

from benchmarks.clock.bench import FIRST_DAY, JumpingDays, holds_of_ordinary_events
from benchmarks.hall import write_hall
from config.loading import load
from config.planning import floor_plan


async def test_a_day_of_jumps_costs_nothing(tmp_path) -> None:
    plan = floor_plan(load(write_hall(tmp_path)), FIRST_DAY)
    days = JumpingDays(tmp_path / "data", plan, random.Random(1))
    await days.simulate_day()
    found = days.judged()
    assert found.pop("jumps") >= 20
    assert found.pop("numbers given") >= 5
    assert found.pop("days") == 1
    assert set(found.values()) == {0}
    days._given[FIRST_DAY, "A00001"] += 1
    days.refused += 1
    found = days.judged()
    assert (found["numbers given twice"], found["presses refused"]) == (1, 1)


def test_ordinary_events_are_not_held() -> None:
    assert holds_of_ordinary_events(20, random.Random(2)) == 0
