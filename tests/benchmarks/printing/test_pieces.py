"""The reader of pieces of paper: what it takes for a slip, a part of one, and two on one piece."""

import pytest

from benchmarks.printing.pieces import Reader
from benchmarks.printing.ticket import ticket_of
from config.model.devices import EscposPrinter as Settings
from drivers.escpos.encoder import encode
from drivers.simulators.printer.device import SimulatedPrinter
from drivers.simulators.printer.slip_folder import SlipFolder

NUMBERS = ("B025", "B026")


def settings(text):
    port = {"wire": "tcp", "host": "127.0.0.1", "port": 9100}
    return Settings.model_validate({"kind": "escpos", "port": port, "text": text})


def read(folder, text, *pieces, traits=()):
    """The paper on which these bytes came out, one cut behind each."""
    printer, kept = SimulatedPrinter(80, traits), SlipFolder(folder)
    for data in pieces:
        while data:
            room = printer.intake.room
            printer.receive(data[:room])
            data = data[room:]
        printer.receive(b"\x1dVB\x00")
    for slip in printer.slips:
        kept.keep(slip, cut=True)
    slips = {number: ticket_of(number) for number in NUMBERS}
    return Reader(slips, settings(text), traits).read(folder)


@pytest.mark.parametrize("text", ["tcvn3", "raster"])
def test_whole_slips_halves_and_two_on_one_piece(tmp_path, text) -> None:
    first, second = (encode(ticket_of(number), settings(text)).data for number in NUMBERS)
    pieces = read(tmp_path, text, first, first[: len(first) // 2] + bytes(10_000) + second, b"")
    assert [(set(piece.seen), set(piece.whole), piece.is_shared) for piece in pieces] == [
        ({"B025"}, {"B025"}, False),
        ({"B025", "B026"}, {"B026"}, True),
        (set(), set(), False),
    ]
    assert [piece.is_blank for piece in pieces] == [False, False, True]
