"""The end of a day on paper, with the hash of its last row."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from hub.database.storage import close_store, database_in, open_store
from hub.journal.journal import Journal
from service_floor.queue.events import DayEnded, DayOpened, Stop, TicketIssued
from service_floor.zone import ZONE

DEMO = Path(__file__).parents[3] / "config" / "examples" / "demo.toml"
FRIDAY = date(2026, 11, 20)

Run = Callable[..., "CompletedProcess[str]"]
Start = Callable[..., Any]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A day with two tickets: rows 1 to 4."""
    folder = tmp_path / "data"
    folder.mkdir()
    engine = open_store(database_in(folder))
    journal = Journal(engine)
    at = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
    with journal.page() as page:
        page.record(DayOpened(FRIDAY), at, FRIDAY, "hub")
        for k in (1, 2):
            stops = (Stop("civil-status"),)
            event = TicketIssued(f"t{k}", f"B{k:03}", k, stops, None, "morning", "kiosk-1")
            page.record(event, at, FRIDAY, "kiosk-1")
        page.record(DayEnded(FRIDAY), at, FRIDAY, "hub")
    journal.close()
    close_store(engine)
    return folder


@pytest.mark.floor
@pytest.mark.parametrize(("language", "said"), [("vi", "Số đã cấp"), ("en", "Numbers given")])
def test_the_day_is_printed_with_its_figures_and_its_hash(
    start: Start, run_here: Run, data: Path, tmp_path: Path, language: str, said: str
) -> None:
    simulator = start("simulate", "printer", "--tcp", 0, "--out", tmp_path / "paper")
    port = simulator.line("printer on port")
    hall = tmp_path / "hall.toml"
    hall.write_text(DEMO.read_text(encoding="utf-8").replace("port = 9100", f"port = {port}"))
    told = run_here(
        "journal", "close-of-day", "--data", data, "--day", FRIDAY,
        "--print", hall, "kiosk-1", "--language", language,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    closing_hash = told.stdout.split()[-1]
    (slip,) = (tmp_path / "paper").glob("slip-*.json")
    lines = json.loads(slip.read_text())["lines"]
    assert json.loads(slip.read_text())["qr"] == [closing_hash]
    assert "".join(line for line in lines if line in closing_hash) == closing_hash
    assert [line.split()[-1] for line in lines if line.startswith(said)] == ["2"]
    assert simulator.terminate() == 0
