"""A serial line hides that its printer lost its power; what the printer forgot with it does not."""

import threading
from collections.abc import Callable
from contextlib import closing

import pytest

from drivers.escpos.commands import INITIALIZE
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import Confidence, PrintOutcome, Transport
from drivers.simulators.printer.control import tell
from drivers.simulators.printer.faults import Fault


class Halfway:
    """A wire on which something happens to the printer when half of a slip has gone."""

    def __init__(self, wire: Transport, happen: Callable[[], object]) -> None:
        self._wire = wire
        self.happen: Callable[[], object] | None = happen

    def read(self, size: int, deadline: float) -> bytes:
        return self._wire.read(size, deadline)

    def write(self, data: bytes, deadline: float) -> int:
        if INITIALIZE not in data or self.happen is None:
            return self._wire.write(data, deadline)
        half = len(data) // 2
        self._wire.write(data[:half], deadline)
        self.happen()
        self.happen = None
        return half + self._wire.write(data[half:], deadline)

    def close(self) -> None:
        self._wire.close()


def test_a_slip_that_lost_its_beginning_with_the_power_is_not_printed(simulator, profile, ticket):
    """The rest of the slip, its name and its fence arrive; the name that was kept in memory does not."""
    bench = simulator("pty")
    wire = Halfway(bench.wire(), lambda: tell(bench.out, "power cycle"))
    with closing(EscposPrinter(wire, profile(port=bench.port()), "p", patience=1.0)) as printer:
        result = printer.print(ticket)
        bench.wait_for_slips(1)
        assert printer.proved_late() == ()
        again = printer.print(ticket)
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, "no_proof")
    assert (again.outcome, again.confidence) == (PrintOutcome.PRINTED, Confidence.PROCESS_ID)
    assert [len(slip["identities"]) for slip in bench.slips()] == [6, 0, 3]


@pytest.mark.parametrize("fault", [Fault.NO_PROCESS_ID, Fault.WRONG_ID])
def test_firmware_without_lasting_names_is_believed_on_the_fence(simulator, ticket, fault):
    bench = simulator("pty", fault)
    with closing(bench.printer()) as printer:
        result = printer.print(ticket)
    assert (result.outcome, result.confidence) == (PrintOutcome.PRINTED, Confidence.FENCE)


def test_the_proof_of_a_stopped_slip_comes_when_the_printer_goes_on(simulator, profile, ticket):
    bench = simulator("pty")
    wire = Halfway(bench.wire(), lambda: bench.set_faults("paper-out"))
    with closing(
        EscposPrinter(wire, profile(port=bench.port(), keeps_buffer=True), "p", patience=0.3)
    ) as printer:
        assert printer.print(ticket).outcome is PrintOutcome.UNKNOWN
        assert printer.proved_late() == ()
        bench.set_faults()
        for _ in range(500):
            if told := printer.proved_late():
                break
            threading.Event().wait(0.01)
    assert told == (ticket.job,)
