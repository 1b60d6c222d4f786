"""What the bench of the hub judges."""

import pytest

from benchmarks.hub.bench import BARS, SPEED, bars_for, wrong_repeats


def test_on_a_fast_disk_every_bar_holds() -> None:
    assert bars_for(0.99) == BARS


@pytest.mark.parametrize("fsync_ms", [1.0, 30.0])
def test_on_a_slow_disk_speed_is_told_and_safety_still_judged(fsync_ms: float) -> None:
    assert bars_for(fsync_ms).keys() == BARS.keys() - SPEED.keys()
    assert {"duplicate numbers", "double calls", "wrong repeats"} <= bars_for(fsync_ms).keys()


def test_a_repeat_counts_as_right_only_with_the_first_answer() -> None:
    first = {"ok": True, "result": {"ticket": "t1"}, "replayed": False}
    again, other = {**first, "replayed": True}, {**first, "result": {"ticket": "t2"}}
    refused = {"ok": False, "replayed": False}
    assert wrong_repeats([first, first], [again, again]) == 0
    assert wrong_repeats([first], [first]) == 1
    assert wrong_repeats([first], [{**other, "replayed": True}]) == 1
    assert wrong_repeats([refused], [{**refused, "replayed": True}]) == 1
