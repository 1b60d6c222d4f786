"""The slot of kiosk printers: a clock for the time that a slip hangs there, and simulated slots for the rest."""

import logging
from contextlib import closing

import pytest

from config.model.printers import abilities
from drivers.escpos.paper.slot import SlotKeeper
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import DeviceStatus, Health, PrintOutcome, PrintResult
from drivers.simulators.printer.control import tell
from drivers.simulators.printer.faults import Fault
from drivers.slip import Slip, Text
from drivers.transports.memory import memory_pair

WELL = DeviceStatus(Health.READY)
HANGING = DeviceStatus(Health.WARNING, ("not_taken",))
FORGOTTEN = DeviceStatus(Health.WARNING, ("forgotten",))
FIRST, SECOND = Slip("a", (Text("A001"),)), Slip("b", (Text("B002"),))


class Slot:
    """A keeper with a clock of its own and the wire on which it orders."""

    def __init__(self, settings) -> None:
        self.now = 100.0
        ours, self._printer = memory_pair("p")
        log = logging.getLogger("device.p")
        self.keeper = SlotKeeper(ours, settings, abilities(settings), log, lambda: self.now)

    def after(self, seconds: float, status: DeviceStatus) -> DeviceStatus:
        self.now += seconds
        return self.keeper.kept(status)

    @property
    def ordered(self) -> bytes:
        return self._printer.read(64, 0.0)


def test_a_slip_is_waited_for_until_it_is_taken(profile):
    slot = Slot(profile())
    assert slot.after(0, HANGING) == HANGING
    assert not slot.keeper.make_way(HANGING)
    assert slot.after(29, HANGING) == HANGING
    assert slot.after(5, WELL) == WELL
    assert slot.after(29, HANGING) == HANGING


def test_a_slip_that_nobody_takes_is_forgotten_and_makes_way(profile):
    slot = Slot(profile(forgotten_seconds=20))
    slot.after(0, HANGING)
    assert slot.after(20, HANGING) == FORGOTTEN
    assert slot.keeper.make_way(FORGOTTEN)
    assert slot.ordered == b""


@pytest.mark.parametrize(
    ("settings", "personal", "order"),
    [
        ({}, False, b"\x1de\x05"),
        ({"not_taken": "retract"}, False, b"\x1de\x02"),
        ({}, True, b"\x1de\x02"),
    ],
)
def test_a_presenter_moves_a_forgotten_slip_once(profile, settings, personal, order):
    slot = Slot(profile(presenter=True, **settings))
    slot.keeper.is_personal = personal
    slot.after(0, HANGING)
    for _ in range(2):
        status = slot.after(30 if slot.now == 100.0 else 1, HANGING)
        assert slot.keeper.make_way(status)
    assert slot.ordered == order


def test_a_printer_that_is_silent_does_not_take_the_slip(profile):
    slot = Slot(profile())
    slot.after(0, HANGING)
    slot.after(10, DeviceStatus(Health.UNKNOWN, ("status_unknown",)))
    assert slot.after(20, HANGING) == FORGOTTEN


@pytest.mark.parametrize("wire", ["tcp", "pty"])
@pytest.mark.parametrize(
    ("trait", "settings"),
    [
        (Fault.SLOT_SENSOR, {}),
        (Fault.SLOT_SENSOR, {"model": "cashino-kp-628e", "paper_mm": 80}),
        (Fault.PRESENTER, {"presenter": True}),
        (Fault.PRESENTER, {"model": "custom-vkp80"}),
    ],
)
def test_the_next_slip_waits_until_the_last_one_is_taken(simulator, wire, trait, settings):
    bench = simulator(wire, trait)
    with closing(bench.printer(**settings)) as printer:
        assert printer.print(FIRST).outcome is PrintOutcome.PRINTED
        assert printer.status() == HANGING
        assert printer.print(SECOND) == PrintResult(PrintOutcome.FAILED, "not_taken")
        tell(bench.out, "ticket take")
        assert printer.status() == WELL
        assert printer.print(SECOND).outcome is PrintOutcome.PRINTED
    assert [slip["lines"] for slip in bench.slips()] == [["A001"], ["B002"]]


def test_a_forgotten_slip_with_personal_data_is_drawn_in(simulator):
    bench = simulator("tcp", Fault.PRESENTER)
    with closing(bench.printer(presenter=True, forgotten_seconds=5)) as printer:
        personal = Slip("a", (Text("Phiếu hẹn"),), personal=True)
        assert printer.print(personal).outcome is PrintOutcome.PRINTED
        assert printer.status() == HANGING
        printer._slot._clock = lambda: 1e9
        assert printer.status() == FORGOTTEN
        assert printer.status() == WELL
        assert printer.print(SECOND).outcome is PrintOutcome.PRINTED
    tickets = tell(bench.out, "state")["tickets"]
    assert tickets["retracted"] == 1


def test_paper_stuck_in_the_presenter_is_reported(simulator):
    bench = simulator("tcp", Fault.PRESENTER)
    with closing(bench.printer(presenter=True)) as printer:
        assert printer.print(FIRST).outcome is PrintOutcome.PRINTED
        tell(bench.out, "ticket jam")
        status = printer.status()
        assert (status.health, status.reasons[0]) == (Health.FAULT, "paper_jam")
        assert printer.print(SECOND) == PrintResult(PrintOutcome.FAILED, "paper_jam")
        tell(bench.out, "ticket free")
        assert printer.print(SECOND).outcome is PrintOutcome.PRINTED


def test_a_presenter_that_does_not_answer_has_the_status_of_its_printer(simulator, profile):
    bench = simulator("tcp")
    settings = profile(port=bench.port(), presenter=True)
    with closing(EscposPrinter(bench.wire(), settings, "p")) as printer:
        assert printer.status() == WELL
