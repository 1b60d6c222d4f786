"""Printers that answer little, nothing, or in another language, over real wires."""

import logging
from contextlib import closing

import pytest

from config.model.printers import abilities
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.condition import ConditionReader
from drivers.protocols import DeviceStatus, Health, PrintOutcome
from drivers.slip import Slip, Text
from drivers.transports.memory import memory_pair

GS_R, GS_H, DLE_EOT, GS_A = b"\x1dr\x01", b"\x1d(H\x06\x0000", b"\x10\x04", b"\x1da\x0f"
SLIPS = [Slip(f"job-{number}", (Text(f"A00{number}"),)) for number in range(3)]


@pytest.mark.parametrize("wire", ["tcp", "pty"])
@pytest.mark.parametrize("lacks", [(DLE_EOT,), (DLE_EOT, GS_R), (DLE_EOT, GS_H), (DLE_EOT, GS_A)])
def test_a_printer_without_real_time_status_prints_and_reports_its_paper(simulator, wire, lacks):
    bench = simulator(wire)
    with closing(bench.lacking(*lacks)) as printer:
        assert printer.status() == DeviceStatus(Health.READY)
        assert [printer.print(slip).outcome for slip in SLIPS] == [PrintOutcome.PRINTED] * 3
    assert [slip["lines"] for slip in bench.slips()] == [["A000"], ["A001"], ["A002"]]


def test_a_printer_without_real_time_status_reports_low_paper_and_trouble(simulator):
    bench = simulator("tcp")
    with closing(bench.lacking(DLE_EOT)) as printer:
        bench.set_faults("near-end")
        assert printer.status() == DeviceStatus(Health.WARNING, ("paper_low",))
        bench.set_faults("cover-open")
        assert printer.status() == DeviceStatus(Health.FAULT, ("cover_open",))
        bench.set_faults()
        assert printer.status() == DeviceStatus(Health.READY)


STAR = bytes.fromhex("238600000000000000")


@pytest.fixture
def reader(profile):
    ours, theirs = memory_pair("p")
    back = BackChannel(ours, logging.getLogger("device.p"))
    yield ConditionReader(ours, back, abilities(profile())), theirs
    ours.close()


def test_a_star_printer_in_its_own_mode_is_named(reader):
    condition, theirs = reader
    theirs.write(STAR, 1.0)
    assert condition.read() == DeviceStatus(Health.FAULT, ("star_mode",))
    assert condition.read() == DeviceStatus(Health.FAULT, ("star_mode",))


def test_a_silent_printer_is_not_asked_again_and_again_for_other_commands(reader):
    condition, theirs = reader
    silent = DeviceStatus(Health.UNKNOWN, ("status_unknown",))
    assert [condition.read() for _ in range(2)] == [silent, silent]
    heard = theirs.read(256, 0.1)
    assert heard.count(b"\x10\x04\x01") == 2
    assert heard.count(GS_R) == heard.count(b"\x1b\x06\x01") == 1
