"""A call always has a result: a defect proves nothing and may have left half a slip, an absent printer changes nothing."""

import logging
from contextlib import closing

import pytest

from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import DeviceStatus, Health, PrintOutcome, PrintResult
from drivers.slip import Slip, Text
from drivers.spool.calls import DEFECT, PrinterCalls
from drivers.supervisor import Supervised

SLIP = Slip("a", (Text("A1"),))


class Scripted:
    """A driver that does as it is told and notes what it was told to expect."""

    def __init__(self, result: PrintResult | Exception) -> None:
        self._result = result
        self.expected = 0

    def print(self, _slip):
        return self.cut_off()

    def cut_off(self):
        if isinstance(self._result, Exception):
            raise self._result
        return self._result

    def expect_torn(self):
        self.expected += 1

    def status(self):
        return DeviceStatus(Health.READY)

    def close(self):
        pass


@pytest.mark.parametrize(("torn", "expected"), [(True, 1), (False, 0)])
def test_the_driver_of_a_new_connection_is_told_what_may_be_torn(torn, expected):
    driver = Scripted(PrintResult(PrintOutcome.PRINTED, torn=False))
    with closing(Supervised("p", lambda: driver)) as printer:
        calls = PrinterCalls(printer, logging.getLogger("device.p"))
        assert calls.print(SLIP, torn=torn).outcome is PrintOutcome.PRINTED
        assert driver.expected == expected
        assert calls.cut_off().torn is False
        assert driver.expected == expected + 1


@pytest.mark.parametrize(
    ("error", "outcome", "reason", "torn"),
    [
        (ValueError("defect"), PrintOutcome.UNKNOWN, DEFECT, True),
        (DeviceError(DeviceReason.BUSY, "p"), PrintOutcome.FAILED, "busy", None),
    ],
)
def test_an_exception_becomes_a_result(error, outcome, reason, torn):
    with closing(Supervised("p", lambda: Scripted(error))) as printer:
        calls = PrinterCalls(printer, logging.getLogger("device.p"))
        for result in (calls.print(SLIP, torn=False), calls.cut_off()):
            assert (result.outcome, result.reason, result.torn) == (outcome, reason, torn)
