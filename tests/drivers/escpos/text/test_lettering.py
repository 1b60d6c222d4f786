"""Which letters a slip is printed in."""

import pytest

from config.model.printers import abilities
from drivers.escpos.text.lettering import NoLetters, lettering
from drivers.escpos.text.taught_letters import TaughtLetters
from drivers.escpos.text.tcvn3 import UnencodableError
from drivers.slip import Barcode, Columns, Feed, Rule, Slip, Text


def test_a_printer_of_pictures_encodes_nothing() -> None:
    letters = NoLetters()
    assert letters.written("Số") == "Số"
    assert not letters.has("A")
    with pytest.raises(UnencodableError):
        letters.encode("A", 0)


def test_letters_are_taught_for_every_block_that_has_text(profile) -> None:
    blocks = (Text("Số"), Feed(), Columns("Chờ", "7"), Barcode("A1"), Rule())
    letters = lettering(Slip("job", blocks), abilities(profile("glyphs")))
    assert isinstance(letters, TaughtLetters)
    assert all(letters.has(line) for line in ("Số", "Chờ 7", "A1", "---"))
