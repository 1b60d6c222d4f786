"""A share of the matrix of printing: faults that once put two numbers on one paper, silenced a printer, or lied."""

import pytest

from benchmarks.printing.matrix import run_all, undisturbed
from benchmarks.printing.scenarios import Scenario

SHARE = (
    Scenario((), "power-cycle-at:150", "tcp", "raster"),
    Scenario((), "out-at:300", "bare", "raster"),
    Scenario((), "usb-moves:300", "handshake", "tcvn3"),
    Scenario(("no-queue-status",), "power-cycle-at:300", "bare", "tcvn3"),
    Scenario(("no-status",), "", "tcp", "tcvn3"),
    Scenario(("unknown-as-text", "cut-at-line-start"), "", "tcp", "tcvn3"),
    Scenario(("half-units", "cutter-at:112"), "", "cups", "tcvn3"),
    Scenario(("loses-buffer",), "out-at:300", "tcp", "raster"),
    Scenario(("presenter",), "", "tcp", "tcvn3"),
    Scenario(("columns:42", "dots:512"), "", "tcp", "raster"),
)


@pytest.mark.slow
def test_no_number_stands_on_foreign_paper_and_every_report_is_true(tmp_path) -> None:
    verdicts = run_all(tmp_path, SHARE, len(SHARE))
    assert [verdict for verdict in verdicts if not verdict.is_good] == []


@pytest.mark.slow
def test_a_printer_at_ease_cuts_no_empty_strip(tmp_path) -> None:
    assert undisturbed(tmp_path / "calm", (), "tcp", 8) == (0, 0)
