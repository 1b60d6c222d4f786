"""python-escpos is the oracle of the commands that it has."""

import logging

import pytest

from drivers.escpos import commands
from drivers.escpos.graphics import code128


@pytest.fixture
def oracle(monkeypatch, tmp_path):
    """A recording printer of python-escpos, kept from littering folders and logging."""
    monkeypatch.setenv("ESCPOS_CAPABILITIES_PICKLE_DIR", str(tmp_path))
    monkeypatch.setattr(logging, "basicConfig", lambda **_: None)
    from escpos.printer import Dummy

    return Dummy(profile="TM-T20II")


def test_a_qr_code_is_asked_for_in_the_oracles_bytes(oracle):
    oracle.qr("https://mc.vn/ô", ec=1, size=6, native=True)
    assert commands.qr_code("https://mc.vn/ô".encode(), 6) == oracle.output


def test_a_barcode_is_asked_for_in_the_oracles_bytes(oracle, capsys):
    oracle.barcode("{BA1042", "CODE128", height=80, width=3, pos="BELOW", align_ct=False)
    encoded = code128.code_b("A1042")
    assert encoded is not None
    ours = commands.code128(encoded.payload, 80, 3)
    assert ours == oracle.output.replace(b"\x1df\x00", b"")


def test_sizes_and_alignment_are_those_of_the_oracle(oracle):
    oracle.set(align="center", bold=True, custom_size=True, width=6, height=6)
    for command in (commands.justify(1), commands.emphasize(True), commands.character_size(6)):
        assert command in oracle.output


def test_feeds_beyond_one_byte_are_split():
    assert commands.feed_dots(600) == b"\x1bJ\xff\x1bJ\xff\x1bJ\x5a"
    assert commands.feed_dots(0) == b""
    assert commands.feed_lines(2) == b"\x1bd\x02"


def test_the_process_identity_follows_epsons_layout():
    assert commands.request_process_id(b"A1 ~") == bytes.fromhex("1d2848060030304131207e")


@pytest.mark.parametrize("data", [b"\x10\x04\x01", b"a\x10\x05\x02", b"\x10\x14\x01\x00\x01"])
def test_real_time_commands_are_found_inside_data(data):
    assert commands.is_obeyed_inside(data)
    assert not commands.is_obeyed_inside(data[2:])
