"""The generated hall is one that the hub accepts."""

from datetime import date
from pathlib import Path

from benchmarks.hall import BOARD, COUNTERS, KIOSKS, SERVICES, token, write_hall
from config.loading import load
from config.planning import floor_plan


def test_the_hall_has_its_devices_and_numbers_for_a_whole_run(tmp_path: Path) -> None:
    hall = load(write_hall(tmp_path))
    assert [kiosk.name for kiosk in hall.kiosks] == [f"kiosk-{n}" for n in range(1, KIOSKS + 1)]
    assert hall.kiosks[0].token.get_secret_value() == token("kiosk-1")
    assert [board.name for board in hall.boards] == [BOARD]
    assert [terminal.counter for terminal in hall.counter_terminals] == [
        f"c{n}" for n in range(1, COUNTERS + 1)
    ]
    plan = floor_plan(hall, date(2026, 11, 20))
    assert all(plan.services[service].series.last >= 50_000 for service in SERVICES)
