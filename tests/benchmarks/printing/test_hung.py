"""A healthy printer beside two that hang, counted loosely: machines of tests are busy."""

from benchmarks.figures import percentile
from benchmarks.printing.hung import healthy_ms


def test_hung_printers_hold_up_no_other() -> None:
    alone, beside = healthy_ms(rounds=1, calls=20)
    assert percentile(beside.status, 0.5) - percentile(alone.status, 0.5) < 5
    assert percentile(beside.print, 0.5) - percentile(alone.print, 0.5) < 5
