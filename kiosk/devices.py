"""The kiosk's printer and scanner, each in its own thread; what they say becomes events of the flow."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Final

from config.model.programs import Kiosk
from drivers.errors import DeviceError
from drivers.protocols import PrintOutcome, PrintResult, TicketPrinter
from drivers.registry import open_printer, open_scanner
from drivers.slip import Slip
from drivers.supervisor import ScanLoop, Supervised
from kiosk.flow.events import Event, PrinterChanged, Scanned, SlipDone

DEFECT: Final = "defect"


class KioskDevices:
    """Made by the composition root; `open` begins the threads, `close` ends them. `happened` is called in them."""

    def __init__(self, settings: Kiosk, happened: Callable[[Event], None]) -> None:
        self._settings = settings
        self._happened = happened
        self._printer: Supervised[TicketPrinter] | None = None
        self._scanner: ScanLoop | None = None

    def open(self) -> None:
        """Begin to look after the configured devices; returns at once."""
        if self._settings.printer is not None:
            printer, printer_name = self._settings.printer, f"{self._settings.name}-printer"
            self._printer = Supervised(
                printer_name,
                lambda: open_printer(printer, printer_name),
                on_status=lambda status: self._happened(PrinterChanged(status)),
            )
        if self._settings.scanner is not None:
            scanner, scanner_name = self._settings.scanner, f"{self._settings.name}-scanner"
            self._scanner = ScanLoop(
                scanner_name,
                lambda: open_scanner(scanner, scanner_name),
                lambda scan: self._happened(Scanned(scan.text)),
            )

    def print(self, slip: Slip) -> None:
        """Have a slip printed; its end is a `SlipDone`."""
        if self._printer is None:
            self._happened(SlipDone(slip.job, PrintOutcome.FAILED, "no_printer"))
            return
        printing = self._printer.submit(lambda printer: printer.print(slip))
        printing.add_done_callback(lambda done: self._happened(slip_done(slip.job, done)))

    def close(self) -> None:
        """End the threads, after the slip that is being printed."""
        for device in (self._scanner, self._printer):
            if device is not None:
                device.close()


def slip_done(job: str, done: Future[PrintResult]) -> SlipDone:
    """What became of a slip. A defect on the way proves nothing, so its slip is unknown."""
    error = done.exception()
    if error is None:
        return SlipDone(job, done.result().outcome, done.result().reason)
    if isinstance(error, DeviceError):
        return SlipDone(job, PrintOutcome.FAILED, error.reason.value)
    return SlipDone(job, PrintOutcome.UNKNOWN, DEFECT)
