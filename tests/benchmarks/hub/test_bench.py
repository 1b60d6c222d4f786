"""What the bench of the hub judges."""

from benchmarks.hub.bench import BARS, wrong_repeats


def test_speed_is_judged_against_the_same_run_and_safety_by_count() -> None:
    speed = {name for name, bar in BARS.items() if bar.at_most != 0}
    assert all("against" in name or "commands in a commit" in name for name in speed)
    assert {"duplicate numbers", "double calls", "wrong repeats"} <= BARS.keys() - speed


def test_a_repeat_counts_as_right_only_with_the_first_answer() -> None:
    first = {"ok": True, "result": {"ticket": "t1"}, "replayed": False}
    again, other = {**first, "replayed": True}, {**first, "result": {"ticket": "t2"}}
    refused = {"ok": False, "replayed": False}
    assert wrong_repeats([first, first], [again, again]) == 0
    assert wrong_repeats([first], [first]) == 1
    assert wrong_repeats([first], [{**other, "replayed": True}]) == 1
    assert wrong_repeats([refused], [{**refused, "replayed": True}]) == 1
