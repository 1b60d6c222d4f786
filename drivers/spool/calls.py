"""Calls of the print queue into its printer's thread: each ends with a result, also where the driver raises."""

import logging
from collections.abc import Callable
from typing import Final

from drivers.errors import DeviceError
from drivers.protocols import Confidence, PrintOutcome, PrintResult, TicketPrinter
from drivers.slip import Slip
from drivers.supervisor import Supervised

DEFECT: Final = "defect"


class PrinterCalls:
    """The printer as its queue sees it; used by the queue's thread, which waits for the printer's.

    `torn` is whether a part of an earlier slip may hang in the printer: a driver knows that for its own connection only.
    """

    def __init__(self, printer: Supervised[TicketPrinter], log: logging.Logger) -> None:
        self._printer = printer
        self._log = log

    def print(self, slip: Slip, *, torn: bool) -> PrintResult:
        """Print one slip."""

        def send(printer: TicketPrinter) -> PrintResult:
            if torn:
                printer.expect_torn()
            return printer.print(slip)

        return self._result_of(send)

    def cut_off(self) -> PrintResult:
        """Cut off what may be torn."""

        def cut(printer: TicketPrinter) -> PrintResult:
            printer.expect_torn()
            return printer.cut_off()

        return self._result_of(cut)

    def proved_late(self) -> tuple[str, ...]:
        """Take the jobs that were proved since. Raises `DeviceError` where the printer is absent."""
        return self._printer.submit(lambda printer: printer.proved_late()).result()

    def _result_of(self, call: Callable[[TicketPrinter], PrintResult]) -> PrintResult:
        """The result of a call. A defect in the driver proves nothing: bytes may have left before it."""
        done = self._printer.submit(call)
        error = done.exception()
        if error is None:
            return done.result()
        if isinstance(error, DeviceError):
            return PrintResult(PrintOutcome.FAILED, error.reason.value)
        self._log.error("defect in the driver", exc_info=error)
        return PrintResult(PrintOutcome.UNKNOWN, DEFECT, 0, Confidence.TRANSPORT, torn=True)
