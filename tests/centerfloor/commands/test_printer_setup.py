"""The technician at a printer: the calibration ticket, what is kept of it, and samples of slips."""

import json
import socket
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from centerfloor.calibration import calibrated, save_calibration, settings_of
from config.loading import load
from drivers.escpos.calibration import Candidate, Wording, candidates, ticket
from drivers.simulators.printer.interpreter.interpreter import Interpreter
from drivers.simulators.printer.mechanics.paper import Paper
from drivers.spool.outside import is_torn, keep_torn
from drivers.transports.recording import read_recording

DEMO = Path(__file__).parents[3] / "config" / "examples" / "demo.toml"
NOW = datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
SAMPLE = "Giấy hẹn, Đắk, Ước"

Run = Callable[..., "CompletedProcess[str]"]
Start = Callable[..., Any]


@pytest.fixture
def kiosk():
    return load(DEMO).kiosks[0]


def test_only_the_pages_of_the_firmware_read_right() -> None:
    lines = candidates(((30, 31), (27, 27)))
    paper = Paper(80)
    data = ticket(lines, Wording("Dòng nào đọc đúng?", SAMPLE, "KẾT QUẢ"), 576)
    for operation in Interpreter(576).feed(data):
        paper.print(operation)
    paper.feed(paper.cutter_dots)
    slip = paper.cut()
    assert slip.lines[0] == f"  1 {SAMPLE} KẾT QUẢ"
    assert slip.lines[1].startswith("  2 Gi")
    assert SAMPLE not in slip.lines[1]
    assert slip.lines[2].startswith("  3 ")
    assert len(slip.lines[2]) == len(slip.lines[0])
    assert len(slip.glyphs) == 8


@pytest.mark.parametrize(
    ("candidate", "settings"),
    [
        (Candidate(1, (30, 31)), {"text": "tcvn3", "page_lower": 30, "page_upper": 31}),
        (Candidate(2, (27, 27)), {"text": "tcvn3", "page_lower": 27, "page_upper": 27}),
        (Candidate(9, None), {"text": "glyphs", "user_glyphs": True}),
        (None, {"text": "raster"}),
    ],
)
def test_what_was_found_is_used_from_the_next_start_on(
    kiosk, tmp_path, candidate, settings
) -> None:
    save_calibration(kiosk, tmp_path, settings_of(candidate), NOW)
    printer = calibrated(kiosk, tmp_path).printer
    assert {key: getattr(printer, key) for key in settings} == settings
    assert printer.port == kiosk.printer.port


def test_what_was_found_counts_no_more_when_the_configuration_says_something_else(
    kiosk, tmp_path, caplog
) -> None:
    save_calibration(kiosk, tmp_path, settings_of(Candidate(1, (27, 27))), NOW)
    other = kiosk.printer.model_copy(update={"page_lower": 21})
    changed = kiosk.model_copy(update={"printer": other})
    assert calibrated(changed, tmp_path) is changed
    assert "calibrate it again" in caplog.text


@pytest.mark.parametrize("content", ["text = ", "\x00", 'text = "tcvn3"'])
def test_a_file_that_says_nothing_is_left_aside(kiosk, tmp_path, content) -> None:
    (tmp_path / f"{kiosk.name}.calibration.toml").write_text(content)
    assert calibrated(kiosk, tmp_path) is kiosk


def test_a_kiosk_that_was_never_calibrated_is_as_configured(kiosk, tmp_path) -> None:
    assert calibrated(kiosk, tmp_path) is kiosk


@pytest.mark.floor
def test_the_technician_types_the_number_of_the_line(
    start: Start, run: Run, tmp_path: Path
) -> None:
    out, state = tmp_path / "paper", tmp_path / "state"
    simulator = start("simulate", "printer", "--tcp", 0, "--out", out)
    port = f"kiosks[0].printer.port.port={simulator.line('printer on port')}"
    options = ("--config", DEMO, "--set", port, "--device", "kiosk-1", "--state", state)
    done = run("printer", "calibrate", *options, "--line", 1, "--language", "en")
    assert done.returncode == 0, done.stderr
    assert 'text = "tcvn3"\npage_lower = 30\npage_upper = 31\n' in done.stdout
    kept = tomllib.loads((state / "kiosk-1.calibration.toml").read_text())
    assert kept["page_lower"] == 30
    record = tmp_path / "recording"
    done = run("printer", "sample", *options, "--record", record, "ticket")
    assert done.stdout == "printed\n"
    assert {piece.way for piece in read_recording(record)} == {"sent", "heard"}
    keep_torn(state / "kiosk-1.spool", torn=True)
    for command in (("calibrate", "--line", 1), ("sample", "ticket")):
        run("printer", command[0], *options, *command[1:])
    assert not is_torn(state / "kiosk-1.spool")
    slips = [json.loads(file.read_text()) for file in sorted(out.glob("slip-*.json"))]
    assert any("SỐ THỨ TỰ" in line for line in slips[1]["lines"])
    # What the queue left in the printer is cut off once, before the next calibration.
    assert [bool(slip["lines"]) for slip in slips] == [True, True, False, True, True]
    assert simulator.terminate() == 0


@pytest.mark.floor
def test_the_technician_reads_the_trial_ticket_and_the_text_stays_calibrated(
    start: Start, run: Run, tmp_path: Path
) -> None:
    out, state = tmp_path / "paper", tmp_path / "state"
    faults = ("--fault", "columns:42", "--fault", "one-way")
    simulator = start("simulate", "printer", "--tcp", 0, "--out", out, *faults)
    port = f"kiosks[0].printer.port.port={simulator.line('printer on port')}"
    options = ("--config", DEMO, "--set", port, "--device", "kiosk-1", "--state", state)
    wrong = run("printer", "trial", *options, "--read", "576 47 partial")
    assert wrong.returncode == 2
    done = run("printer", "trial", *options, "--read", "576 42 qr partial", "--language", "en")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("columns = 42\none_way = true\n")
    done = run("printer", "sample", *options, "ticket")
    assert done.stdout == "unknown one-way: takes slips and reports nothing\n"
    assert simulator.terminate() == 0


def test_what_the_configuration_gives_outweighs_the_trial_ticket(kiosk, tmp_path) -> None:
    save_calibration(kiosk, tmp_path, {"text": "raster"}, NOW)
    save_calibration(kiosk, tmp_path, {"columns": 42, "process_id": False}, NOW)
    printer = calibrated(kiosk, tmp_path).printer
    assert (printer.text, printer.columns, printer.process_id) == ("raster", 42, False)
    given = kiosk.printer.model_copy(update={"columns": 44})
    changed = kiosk.model_copy(update={"printer": given})
    assert calibrated(changed, tmp_path).printer.columns == 44


@pytest.mark.floor
def test_a_printer_that_says_nothing_is_named_with_what_to_do(run: Run, tmp_path: Path) -> None:
    with socket.create_server(
        ("127.0.0.1", 0)
    ) as silent:  # the kernel takes the call, nobody answers
        port = f"kiosks[0].printer.port.port={silent.getsockname()[1]}"
        options = ("--config", DEMO, "--set", port, "--device", "kiosk-1", "--state", tmp_path)
        done = run("printer", "calibrate", *options, "--line", 1)
    assert done.returncode == 2
    assert "no answer" in done.stderr
    assert "Stop the kiosk" in done.stderr


@pytest.mark.floor
def test_every_profile_is_listed_with_its_sources(run: Run) -> None:
    listed = run("printer", "profiles").stdout
    assert "reprint" in run("printer", "--help").stdout
    assert "epson-tm-t20iii: Epson TM-T20III" in listed
    assert "tcvn3_pages = (27, 27)  (report: node-thermal-printer #175)" in listed
