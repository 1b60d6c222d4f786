"""Printer of a desk behind a spool, in threads of its own: a slip is on disk before it prints, and always gets an outcome."""

import logging
import secrets
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from config.model.devices import EscposPrinter
from config.model.printers import abilities, roll_mm
from counter_terminal.desk.events import PaperSettled
from drivers.escpos.answers.learned import Learned
from drivers.protocols import DeviceStatus, PrintOutcome
from drivers.registry import open_printer
from drivers.slip import Block, Slip
from drivers.spool.file import spool_file
from drivers.spool.jobs import Job
from drivers.spool.roll import Roll
from drivers.spool.spool import Circumstances, Spool
from drivers.spool.store import SpoolStore

_COPY: Final = "#"
log = logging.getLogger("counter")


class DeskPrinter:
    """Made and closed by the program. `settled` and `changed` are called in the printer's threads; `mark` makes the line
    above a reprint."""

    def __init__(
        self,
        name: str,
        printer: EscposPrinter,
        state: Path,
        mark: Callable[[int], Block],
        settled: Callable[[PaperSettled], None],
        changed: Callable[[DeviceStatus], None],
    ) -> None:
        self._settled = settled
        self._changed = changed
        self._made = threading.Event()
        device = f"{name}-printer"
        roll = Roll(roll_mm(printer), abilities(printer).near_end_sensor)
        self._spool = Spool(
            device,
            SpoolStore(spool_file(state, name)),
            partial(open_printer, printer, device, Learned()),
            self,
            Circumstances(roll, mark),
        )
        self._made.set()

    def print(self, slip: Slip, label: str) -> None:
        """Have a slip printed for the citizen at the counter: the same slip may be asked for again."""
        try:
            self._spool.submit(replace(slip, job=f"{slip.job}{_COPY}{secrets.token_hex(4)}"), label)
        except sqlite3.Error as problem:
            log.error("a slip cannot be kept and is not printed: %s", problem)
            self._settled(PaperSettled(label, PrintOutcome.FAILED.value))

    def printer_changed(self, status: DeviceStatus) -> None:
        """Callback of the spool: the printer's condition, for the hub. The desk gets the outcome of each slip instead."""
        self._changed(status)

    def job_settled(self, job: Job) -> None:
        """Callback of the spool: the outcome of a slip."""
        self._settled(PaperSettled(job.label, job.outcome.value))
        # The spool reports on its last run as soon as its thread begins. Only the officer needs the outcome, so it is acknowledged here.
        self._made.wait()
        self._spool.acknowledge(job.id, job.outcome)

    def close(self) -> None:
        """End the threads, after the slip that is being printed."""
        self._spool.close()
