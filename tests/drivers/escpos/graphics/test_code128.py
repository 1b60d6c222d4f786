import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.graphics import code128
from drivers.simulators.printer.mechanics import codes

PRINTABLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("data", "payload"),
    [
        ("A1042", b"{BA{C\x0a\x2a"),
        ("A1042-280725", b"{BA1042-{C\x1c\x07\x19"),
        ("12345", b"{C\x0c\x22{B5"),
        ("x12345", b"{Bx1{C\x17\x2d"),
        ("a{b", b"{Ba{{b"),
        ("a1234b", b"{Ba1234b"),
    ],
)
def test_runs_of_digits_are_paired_where_it_pays(data, payload):
    encoded = code128.compact(data)
    assert encoded is not None
    assert encoded.payload == payload


@pytest.mark.parametrize("data", ["", "số", "a\x1b", "x" * 254])
def test_what_code_128_cannot_carry_is_refused(data):
    assert code128.compact(data) is None
    assert code128.code_b(data) is None


@given(PRINTABLE)
def test_the_printer_reads_the_same_text_and_the_width_is_right(data):
    for encode in (code128.compact, code128.code_b):
        encoded = encode(data)
        assert encoded is not None
        symbols = codes.code128_symbols(encoded.payload)
        assert symbols is not None
        assert symbols.text == data
        assert codes.bars(symbols, 1, 1).width == encoded.modules
