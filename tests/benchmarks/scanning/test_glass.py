"""The instrument of the bench `preview` itself."""

import time

from benchmarks.scanning.glass import TICK_MS, Tick


def test_a_tick_is_as_late_as_the_work_before_it_was_long(qtbot) -> None:
    tick = Tick()
    tick.start()
    qtbot.waitUntil(lambda: len(tick.late_ms) >= 2)
    already = len(tick.late_ms)
    until = time.perf_counter() + 4 * TICK_MS / 1e3
    while time.perf_counter() < until:
        pass
    qtbot.waitUntil(lambda: len(tick.late_ms) > already)
    assert tick.late_ms[already] >= 3 * TICK_MS - 1
    assert len(tick.waited_ms) == len(tick.worked_ms) == len(tick.late_ms)
