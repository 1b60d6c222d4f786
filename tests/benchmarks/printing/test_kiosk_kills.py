"""The real kiosk is killed while it prints: every slip is reported as it is on paper, and no number is there twice."""

import pytest

from benchmarks.printing.kiosk_kills import kill_kiosk_often


@pytest.mark.slow
async def test_no_slip_is_lost_or_doubled_when_the_kiosk_is_killed(tmp_path) -> None:
    toll = await kill_kiosk_often(tmp_path, 3)
    assert toll.is_none, toll
    assert toll.tickets >= 3
