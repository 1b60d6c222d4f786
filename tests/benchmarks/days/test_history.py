"""The written days are days that the hub believes."""

from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.days.bench import _on_day, _started, _written
from benchmarks.days.history import Day, long_history, write_history
from benchmarks.hall import write_hall
from benchmarks.hub.rounds import call_and_serve
from benchmarks.hub.witness import Witness
from benchmarks.kills.judgement import chain_breaks, folded
from benchmarks.place import Place
from service_floor.zone import ZONE

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)


def test_a_long_history_has_its_rows_and_its_day(tmp_path: Path) -> None:
    days = long_history(1_000, 100, NOW)
    assert (len(days), days[-1].day) == (10, NOW.date())
    rows = write_history(tmp_path / "data", days, NOW)
    assert 1_000 <= rows <= 1_050
    assert chain_breaks(tmp_path / "data" / "floor.db") == 0


@pytest.mark.slow
def test_who_waits_still_waits(tmp_path: Path) -> None:
    yesterday = Day(NOW.date() - timedelta(days=1), 3)
    write_history(tmp_path / "data", (yesterday, Day(NOW.date(), 5_000, 4)), NOW)
    floor = folded(tmp_path / "data" / "floor.db")
    assert len(floor.tickets) == 5_004
    assert len(list(floor.unfinished())) == 4


@pytest.mark.floor
async def test_a_hub_goes_on_with_a_written_day(tmp_path: Path) -> None:
    hall = write_hall(tmp_path)
    witness = Witness()
    async with AsyncExitStack() as stack:
        place = Place(tmp_path, 0.1, lambda _: None)
        _, terminal = await _on_day(stack, hall, _written(place, 1_000))
        await call_and_serve(terminal, 5, witness)
    assert len(witness.calls) == 5
    assert min(await _started(hall, tmp_path / "day-of-1000")) > 0
