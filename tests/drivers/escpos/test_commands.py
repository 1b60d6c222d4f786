import pytest

from drivers.escpos import commands, python_escpos
from drivers.escpos.graphics import code128


def test_standard_commands_are_those_of_the_library():
    assert commands.qr_code is python_escpos.qr_code
    encoded = code128.code_b("A1042")
    assert encoded is not None
    golden = "1d68501d77031d48021d6b49077b424131303432"
    assert commands.code128(encoded.payload, 80, 3).hex() == golden


def test_commands_of_our_own():
    assert commands.select_page(30) == b"\x1bt\x1e"
    assert commands.teach_letters(0x41, [b"abc", b""]) == b"\x1b&\x03AB\x01abc\x00"
    assert commands.store_picture(b"k1", 16, 2, b"dots").hex() == (
        "1d284c0f00" + b"0C0k1".hex() + "01" + "1000" + "0200" + b"1dots".hex()
    )
    assert commands.forget_picture(b"k1") == b"\x1d(L\x04\x000Bk1"
    assert commands.print_stored_picture(b"k1") == b"\x1d(L\x06\x000Ek1\x01\x01"
    assert [commands.recover(clear=clear)[2] for clear in (False, True)] == [1, 2]


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
