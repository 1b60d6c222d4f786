import pytest

from drivers.escpos.answers.star import star_status

NINE = bytes.fromhex("238600000000000000")
SEVEN = bytes.fromhex("0f060000000000")


@pytest.mark.parametrize("status", [NINE, SEVEN])
@pytest.mark.parametrize("before", [b"", b"\x10\x10\x12"])
def test_the_automatic_status_of_a_star_printer_is_recognised(status, before) -> None:
    assert star_status(before + status + b"\x00") == status
    assert star_status(before + status[:-1]) is None


@pytest.mark.parametrize(
    "heard",
    [
        b"\x12\x16\x1a\x1e",
        b"\x18\x00\x0f\x0f\x10\x00\x00\x0f",
        b"\x37\x22#Ab!\x00\x0f",
        b"\x03\x00\x00\x00\x00\x00\x00",
        b"\x0f\x12\x12\x12\x12\x00\x00",
        b"",
    ],
)
def test_what_esc_pos_printers_send_is_not(heard) -> None:
    assert star_status(heard) is None
