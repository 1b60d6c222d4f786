import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.protocols import SignState
from drivers.signs.led_sign import encode
from drivers.signs.letters import led_text
from drivers.simulators.signs.led_sign import LedSignLine


@pytest.mark.parametrize(
    ("address", "state", "frame"),
    [
        (1, SignState("A-042"), b"\x0201SA-04208\x03"),
        (1, SignState("A-042", blink=True), b"\x0201BA-04219\x03"),
        (22, SignState(""), b"\x0222S53\x03"),
    ],
)
def test_frames_are_as_the_protocol_says(address: int, state: SignState, frame: bytes) -> None:
    assert encode(address, state, 8) == frame


@given(st.integers(1, 99), st.text(max_size=40), st.booleans(), st.integers(3, 32))
def test_any_text_makes_a_frame_that_reads_back_as_fitted(
    address: int, text: str, blink: bool, columns: int
) -> None:
    line = LedSignLine()
    assert line.take(encode(address, SignState(text, blink), columns)) == [address]
    sign = line.signs[address]
    assert (sign.text, sign.blink, line.bad_frames) == (led_text(text, columns), blink, 0)
