"""The trial ticket on simulated printers: what is read there, and which settings follow."""

import re

import pytest

from config.model.printers import abilities
from drivers.escpos.setup.trial import (
    COLUMNS,
    WIDTHS,
    Cut,
    TrialReading,
    parsed,
    settings_of,
    ticket,
)
from drivers.simulators.printer.faults import Fault
from drivers.slip import Slip, Text


def reading_of(lines: list[str], width: int, *, has_qr: bool, cut: Cut) -> TrialReading:
    """What a person would read on the paper of a simulated printer whose head has `width` dots."""
    whole = [
        count
        for count in COLUMNS
        if any(len(line) == count and re.fullmatch(rf"{count} -+\|", line) for line in lines)
    ]
    strays = (re.match(r"([ABC]) \[(?!\]$)", line) for line in lines)
    widest = max(each for each in WIDTHS if each <= width)
    found = frozenset(stray[1] for stray in strays if stray)
    return TrialReading(widest, max(whole), found, False, has_qr, cut)


@pytest.mark.parametrize(
    ("traits", "settings"),
    [
        ([], {}),
        ([Fault.UNKNOWN_AS_TEXT], {"process_id": False}),
        ([Fault.UNKNOWN_AS_TEXT, Fault.CUT_AT_LINE_START], {"process_id": False}),
        (["columns:42"], {"columns": 42}),
        (["dots:512"], {"width_dots": 512, "columns": 42}),
        ([Fault.FULL_CUT], {"cutter": "full"}),
    ],
)
def test_what_stands_on_the_paper_becomes_settings_and_the_next_slips_are_right(
    simulator, profile, traits, settings
):
    bench = simulator("tcp", *traits)
    can = abilities(profile())
    wire = bench.wire()
    data = ticket(can, "Phiếu thử")
    assert wire.write(data, 5.0) == len(data)
    (slip,) = bench.wait_for_slips(1)
    wire.close()
    width = next((int(trait[5:]) for trait in traits if trait.startswith("dots:")), 576)
    cut = "full" if slip["full_cut"] else "partial"
    read = reading_of(slip["lines"], width, has_qr=bool(slip["qr"]), cut=cut)
    assert settings_of(read, can) == settings
    printer = bench.printer(**settings)
    for name in ("A001", "B002"):
        printer.print(Slip(name, (Text(name),)))
    printer.close()
    assert [slip["lines"] for slip in bench.wait_for_slips(3)[1:]] == [["A001"], ["B002"]]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("576 48 qr partial", TrialReading(576, 48, frozenset(), False, True, "partial")),
        ("384 32 AC {} none", TrialReading(384, 32, frozenset("AC"), True, False, "none")),
        ("576 42 A C early", TrialReading(576, 42, frozenset("AC"), False, False, "early")),
    ],
)
def test_a_reading_is_typed_in_one_line(text, reading):
    assert parsed(text) == reading


@pytest.mark.parametrize(
    "text",
    [" ", "576", "576 48", "577 48 qr partial", "576 47 full", "576 48 D full", "a b full", "576 48 full none"],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        parsed(text)


def test_what_is_read_switches_off_and_says_who_feeds(profile):
    can = abilities(profile())
    read = parsed("576 48 ABC {} early")
    assert settings_of(read, can) == {
        "process_id": False,
        "automatic_status": False,
        "motion_units": False,
        "code128_sets": False,
        "native_qr": False,
        "cut_feed": "host",
    }
    careful = abilities(profile(process_id=False))
    assert settings_of(parsed("576 48 qr partial"), careful) == {}
