"""Printer and scanner of the kiosk, each in its own thread; their callbacks become events of the flow."""

import logging
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from config.model.devices import EscposPrinter
from config.model.printers import abilities, roll_mm
from config.model.programs import Kiosk
from drivers.escpos.answers.learned import Learned
from drivers.protocols import Alike, Appraisal, DeviceStatus, PrintOutcome, Scan, Viewer
from drivers.registry import open_printer, open_scanner
from drivers.scanners.handover import Handover
from drivers.slip import Block, Slip
from drivers.spool.file import spool_file
from drivers.spool.jobs import Job, id_of, root_of
from drivers.spool.roll import Roll
from drivers.spool.spool import Circumstances, Spool
from drivers.spool.store import SpoolStore
from drivers.supervisor import ScanLoop
from kiosk.flow.events import Event, PrinterChanged, Scanned, ScannerChanged, SlipDone
from kiosk.flow.slips import LIST_JOB

NO_PRINTER: Final = "no_printer"
STORAGE: Final = "storage"
_COPY: Final = "#"
log = logging.getLogger("kiosk")


class KioskDevices:
    """Made by the composition root; `open` begins the threads, `close` ends them. `happened` is called in them.

    Slips go through a spool in the folder `state`; `mark` makes the line above a reprint of its count. `viewer` may look at
    what a camera sees. `appraise` ranks the codes of one paper.
    """

    def __init__(
        self,
        settings: Kiosk,
        happened: Callable[[Event], None],
        state: Path,
        mark: Callable[[int], Block],
        viewer: Viewer | None = None,
        appraise: Appraisal = Alike,
    ) -> None:
        self._settings = settings
        self._happened = happened
        self._state = state
        self._mark = mark
        self._viewer = viewer
        self._appraise = appraise
        self._spool: Spool | None = None
        self._scanner: ScanLoop | None = None
        self._handover = Handover(lambda scan: happened(_scanned(scan)))

    def open(self) -> None:
        """Begin to look after the configured devices; returns at once."""
        if self._settings.printer is not None:
            self._spool = self._open_spool(self._settings.printer)
        if self._settings.scanner is not None:
            scanner, scanner_name = self._settings.scanner, f"{self._settings.name}-scanner"
            self._scanner = ScanLoop(
                scanner_name,
                lambda: open_scanner(scanner, scanner_name, self._viewer, self._appraise),
                self._handover.deliver,
                on_status=lambda status: self._happened(ScannerChanged(status.health)),
                on_garbled=self._handover.garbled,
            )

    def scan_handled(self) -> None:
        """The glass shows what the scan means: the next one may come."""
        self._handover.handled()

    def print(self, slip: Slip, label: str = "") -> None:
        """Have a slip printed; when this returns it is on disk. Its end is a `SlipDone`, of this run or a later one."""
        if self._spool is None:
            self._happened(SlipDone(slip.job, PrintOutcome.FAILED, NO_PRINTER))
            return
        # A list is printed for each citizen who asks, and behind all tickets; a ticket once.
        is_list = slip.job.startswith(LIST_JOB)
        copy = f"{_COPY}{secrets.token_hex(4)}" if is_list else ""
        try:
            self._spool.submit(replace(slip, job=slip.job + copy), label, can_wait=is_list)
        except sqlite3.Error as problem:
            self._happened(_not_kept(slip, problem))

    def reprint(self, slip: Slip, times: int, label: str) -> None:
        """Have a slip printed again, marked with its count; otherwise as `print`."""
        if self._spool is None:
            self._happened(SlipDone(slip.job, PrintOutcome.FAILED, NO_PRINTER, times))
            return
        try:
            self._spool.reprint(slip, times, label)
        except sqlite3.Error as problem:
            self._happened(_not_kept(slip, problem, times))

    def knows(self, job: str) -> bool:
        """Whether this slip was given to the spool, by this run or an earlier one."""
        return self._spool is not None and self._spool.knows(job)

    def reported(self, job: str, reprint: int, outcome: PrintOutcome) -> None:
        """The hub has the outcome of the slip, or of its n-th reprint: the spool may forget it."""
        if self._spool is not None:
            self._spool.acknowledge(id_of(job, reprint), outcome)

    def printer_changed(self, status: DeviceStatus) -> None:
        """Callback of the spool: the printer's condition."""
        self._happened(PrinterChanged(status))

    def job_settled(self, job: Job) -> None:
        """Callback of the spool: the outcome of a slip."""
        name = root_of(job.id).partition(_COPY)[0]
        self._happened(SlipDone(name, job.outcome, _reason(job), job.reprint))
        if name.startswith(LIST_JOB) and self._spool is not None:
            # Only the citizen before the screen needs its outcome.
            self._spool.acknowledge(job.id, job.outcome)

    def close(self) -> None:
        """End the threads, after the slip that is being printed."""
        self._handover.end()
        for device in (self._scanner, self._spool):
            if device is not None:
                device.close()

    def _open_spool(self, printer: EscposPrinter) -> Spool:
        name = f"{self._settings.name}-printer"
        roll = Roll(roll_mm(printer), abilities(printer).near_end_sensor)
        return Spool(
            name,
            SpoolStore(spool_file(self._state, self._settings.name)),
            partial(open_printer, printer, name, Learned()),
            self,
            Circumstances(roll, self._mark),
        )


def _scanned(scan: Scan | None) -> Scanned:
    return Scanned("") if scan is None else Scanned(scan.text, scan.rivals)


def _not_kept(slip: Slip, problem: sqlite3.Error, reprint: int = 0) -> SlipDone:
    log.error("a slip cannot be kept and is not printed: %s", problem)
    return SlipDone(slip.job, PrintOutcome.FAILED, STORAGE, reprint)


def _reason(job: Job) -> str:
    """Why, and on what it rests: as the hub keeps it."""
    return ", ".join(part for part in (job.reason, job.confidence.value) if part)
