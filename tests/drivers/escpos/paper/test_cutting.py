"""The end of a slip by itself, and on simulated paper: whose numbers stand on which piece."""

import pytest

from config.model.printers import abilities
from drivers.escpos.paper.cutting import end_of_slip, feed, motion_unit
from drivers.protocols import PrintOutcome
from drivers.simulators.printer.faults import Fault
from drivers.slip import QrCode, Slip, Text


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({}, b"\x1bJ\x01\x1dVB\x00"),
        ({"cutter": "full"}, b"\x1bJ\x01\x1dVA\x00"),
        ({"full_cut": True}, b"\x1bJ\x01\x1dVA\x00"),
        ({"feed_before_cut_dots": 100}, b"\x1bJ\x64\x1dV\x01"),
        ({"cut_feed": "host", "full_cut": True}, b"\x1bJ\x78\x1dV\x00"),
        ({"feed_before_cut_dots": 100, "cut_feed": "printer"}, b"\x1bJ\x01\x1dVB\x00"),
        ({"cutter": "none"}, b"\x1bJ\x78"),
        ({"cutter": "none", "full_cut": True}, b"\x1bJ\x78"),
        ({"presenter": True}, b"\x1bJ\x01\x1dVB\x00\x1de\x03\x0c"),
    ],
)
def test_the_end_of_a_slip(profile, changes, end):
    assert end_of_slip(abilities(profile(**changes))) == end


def test_the_motion_unit_is_a_dot_of_the_head(profile):
    assert motion_unit(abilities(profile())) == b"\x1dP\x00\xcb"
    assert motion_unit(abilities(profile(model="epson-tm-t88v"))) == b"\x1dP\x00\xb4"
    assert motion_unit(abilities(profile(motion_units=False))) == b""


def test_a_printer_without_esc_j_feeds_by_blank_pictures(profile):
    can = abilities(profile(model="pyramid-reliance"))
    assert feed(0, can) == feed(-3, can) == b""
    assert feed(2, can) == b"\x1dv0\x00\x01\x00\x02\x00\x00\x00"
    assert feed(130, can).count(b"\x1dv0") == 2
    assert b"\x1bJ" not in feed(130, can) + end_of_slip(can)


TICKETS = [
    Slip(f"job-{number}", (Text(f"B02{number}", scale=4), QrCode("https://mc.vn/t")))
    for number in range(3)
]


@pytest.mark.parametrize(
    ("faults", "settings"),
    [
        ([Fault.HALF_UNITS, "cutter-at:112"], {"model": "epson-tm-t20iii"}),
        ([Fault.HALF_UNITS, "cutter-at:112"], {}),
        ([Fault.HALF_UNITS, "cutter-at:112"], {"feed_before_cut_dots": 120}),
        (["cutter-at:200"], {}),
        (["cutter-at:40", Fault.FULL_CUT], {"full_cut": True}),
        ([Fault.UNKNOWN_AS_TEXT, Fault.CUT_AT_LINE_START], {}),
        ([Fault.UNKNOWN_AS_TEXT, Fault.CUT_AT_LINE_START], {"process_id": False}),
    ],
)
def test_each_number_stands_whole_on_its_own_paper(simulator, faults, settings):
    bench = simulator("tcp", *faults)
    printer = bench.printer(**settings)
    outcomes = [printer.print(slip).outcome for slip in TICKETS]
    printer.close()
    assert outcomes == [PrintOutcome.PRINTED] * 3
    slips = bench.slips()
    assert [slip["lines"][0] for slip in slips] == ["B020", "B021", "B022"]
    assert [slip["qr"] for slip in slips] == [["https://mc.vn/t"]] * 3
    assert all(slip["cut"] and not slip.get("cut_through") for slip in slips)
    if settings.get("process_id") is False:
        assert [slip["lines"] for slip in slips] == [["B020"], ["B021"], ["B022"]]
