"""Time behind the printer's own jobs is not waiting for the printer."""

import threading

import pytest

from drivers.protocols import DeviceStatus, Health, PrintOutcome, PrintResult
from drivers.spool.jobs import PATIENCE_SECONDS
from drivers.spool.patience import LONGEST_AFTERMATH, BusyTime

SENT = PrintResult(PrintOutcome.PRINTED, "", 900)


def waiting(reason: str) -> PrintResult:
    return PrintResult(PrintOutcome.FAILED, reason)


def test_only_what_lies_between_counts() -> None:
    busy = BusyTime()
    busy.take(100.0, 146.0, SENT)
    assert busy.since(105.5, 147.0) == pytest.approx(40.5)
    assert busy.since(90.0, 120.0) == 20.0
    assert busy.since(150.0, 160.0) == 0.0


@pytest.mark.parametrize("reason", ["still_printing", "status_unknown"])
def test_a_printer_that_goes_on_with_a_job_is_busy_for_a_while(reason) -> None:
    busy = BusyTime()
    busy.take(100.0, 105.0, SENT)
    busy.take(106.0, 107.0, waiting(reason))
    assert busy.since(100.0, 200.0) == 7.0
    busy.take(105.0 + LONGEST_AFTERMATH, 106.0 + LONGEST_AFTERMATH, waiting(reason))
    assert busy.since(100.0, 300.0) == 7.0


@pytest.mark.parametrize("reason", ["out_of_paper", "still_printing"])
def test_a_fault_or_a_printer_without_a_job_is_not_busy(reason) -> None:
    busy = BusyTime()
    busy.take(100.0, 101.0, waiting(reason))
    assert busy.since(0.0, 200.0) == 0.0


class TakesMinutes:
    """A printer that takes twice the patience of a job for each slip."""

    def __init__(self, now: list[float], queued: threading.Event) -> None:
        self._now = now
        self._queued = queued

    def print(self, _slip):
        self._queued.wait(5)
        self._now[0] += 2 * PATIENCE_SECONDS
        return SENT

    def status(self):
        return DeviceStatus(Health.READY)

    def proved_late(self):
        return ()

    def close(self):
        pass


def test_a_ticket_behind_a_long_list_does_not_run_out_of_patience(start, told, slip):
    now, queued = [1000.0], threading.Event()
    spool = start(open_printer=lambda: TakesMinutes(now, queued), clock=lambda: now[0])
    spool.submit(slip("list"))
    spool.submit(slip("A002"))
    queued.set()
    told.wait(lambda t: len(t.jobs) == 2)
    assert {outcome for _, outcome, _ in told.outcomes()} == {"printed"}
