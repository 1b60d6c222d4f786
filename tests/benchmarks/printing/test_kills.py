"""A program that prints is killed for good, five times over; the bench does it 200 times."""

import pytest

from benchmarks.printing.kills import kill_often


@pytest.mark.slow
def test_no_ticket_is_lost_or_doubled_by_a_kill(tmp_path) -> None:
    toll = kill_often(tmp_path / "kills", 5)
    assert toll.is_none, toll
    assert toll.tickets >= 5
