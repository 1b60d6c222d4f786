"""A program that prints tickets through a spool until it is killed: `python -m benchmarks.printing.victim DIR PORT`.

It writes its promises into the file `said` in DIR: `kept N` when the slip of ticket N is on disk, `told N OUTCOME` when its
outcome is. Killed and started again it goes on with the next number. With `--drain` it only ends what is left.
"""

import os
import sys
import threading
from pathlib import Path

from benchmarks.printing.faults import slip_of
from config.model.devices import EscposPrinter as Settings
from config.model.devices import TcpPort
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import DeviceStatus
from drivers.slip import Text
from drivers.spool.jobs import Job
from drivers.spool.roll import Roll
from drivers.spool.spool import Circumstances, Spool
from drivers.spool.store import SpoolStore
from drivers.transports.tcp import TcpTransport

_PATIENCE = 2.0


class Victim:
    """Process that prints one ticket after the other and logs on disk what it knows."""

    def __init__(self, folder: Path, port: int) -> None:
        self._said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._settled = threading.Semaphore(0)
        self._made = threading.Event()
        settings = Settings(
            kind="escpos", port=TcpPort(wire="tcp", host="127.0.0.1", port=port), text="tcvn3"
        )

        def open_printer() -> EscposPrinter:
            wire = TcpTransport("127.0.0.1", port, device="p")
            return EscposPrinter(wire, settings, "p", patience=_PATIENCE)

        around = Circumstances(Roll(50_000), lambda times: Text(f"IN LAI {times}"))
        self._store = SpoolStore(folder / "jobs.spool")
        self.left = len(self._store.unsettled())
        self._spool = Spool("p", self._store, open_printer, self, around)
        self._made.set()

    def printer_changed(self, status: DeviceStatus) -> None:
        """Nothing is made of it."""

    def job_settled(self, job: Job) -> None:
        """Write the outcome down, then let the spool forget it."""
        self._say(f"told {job.label} {job.outcome.value}")
        # The spool reports the jobs of its last life as soon as it begins.
        self._made.wait()
        self._spool.acknowledge(job.id, job.outcome)
        self._settled.release()

    def print(self, number: int) -> None:
        """Have one ticket printed and wait for its outcome."""
        label = f"N{number:05d}"
        self._spool.submit(slip_of(label), label)
        self._say(f"kept {label}")
        self._settled.acquire(timeout=30)

    def drain(self) -> None:
        """End what an earlier run left."""
        for _ in range(600):
            if not self._store.unsettled() and not self._store.unacknowledged():
                break
            self._settled.acquire(timeout=0.1)
        self._spool.close(30)

    def _say(self, line: str) -> None:
        os.write(self._said, f"{line}\n".encode())
        os.fsync(self._said)


def main() -> None:
    """Print until killed, or drain."""
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    said = folder / "said"
    lines = said.read_text("utf-8").split() if said.exists() else []
    numbers = [int(word[1:]) for word in lines if word[:1] == "N"]
    victim = Victim(folder, port)
    if "--drain" in sys.argv:
        victim.drain()
        return
    number = max(numbers, default=0) + 2  # the one between may be on disk without a word of it
    while True:
        victim.print(number)
        number += 1


if __name__ == "__main__":
    main()
