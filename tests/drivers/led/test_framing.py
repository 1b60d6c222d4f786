import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.led.framing import SignDecoder, SignFrame, encode, led_text
from drivers.protocols import SignState

printable = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("A-042", 8, "A-042"),
        ("Quầy 5", 8, "QUAY 5"),
        ("TẠM DỪNG", 8, "TAM DUNG"),
        ("đóng cửa", 8, "DONG CUA"),
        ("nghỉ – trưa", 12, "NGHI - TRUA"),
        ("  A-042\n", 8, "A-042"),
        ("A→042", 8, "A 042"),
        ("A-1042", 5, "A1042"),
        ("A-1042", 4, "1042"),
        ("A-1042", 3, "042"),
        ("tạm dừng", 5, "TAM D"),
        ("tạm dừng", 4, "TAM"),
        ("", 8, ""),
    ],
)
def test_texts_become_letters_that_a_sign_can_show(text: str, columns: int, shown: str) -> None:
    assert led_text(text, columns) == shown


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
    assert SignDecoder().feed(frame) == [SignFrame(address, state)]


@pytest.mark.parametrize(
    ("noise", "broken"),
    [
        (b"", 0),
        (b"\xff\x00hum", 0),
        (b"\x03\x03", 0),
        (b"\x0201SA-0", 1),
        (b"\x0201SA-042FF\x03", 1),
        (b"\x02\x03", 1),
        (b"\x0201XA" + b"18" + b"\x03", 1),
        (b"\x020:SA" + b"18" + b"\x03", 1),
        (b"\x0201S\x1f" + b"4D" + b"\x03", 1),
        (b"\x02xxSA52\x03", 1),
        (b"\x02" + b"A" * 500, 1),
        (b"\x02\x02\x02", 3),
    ],
)
def test_noise_is_skipped_and_the_next_frame_is_read(noise: bytes, broken: int) -> None:
    good = encode(7, SignState("B-113"), 8)
    whole = SignDecoder()
    assert whole.feed(noise + good) == [SignFrame(7, SignState("B-113"))]
    assert whole.broken == broken
    bytewise = SignDecoder()
    frames = [frame for byte in noise + good for frame in bytewise.feed(bytes([byte]))]
    assert frames == [SignFrame(7, SignState("B-113"))]
    assert bytewise.broken == broken


def test_one_changed_byte_is_never_another_text() -> None:
    good = encode(1, SignState("A-042", blink=True), 8)
    for place in range(len(good)):
        for value in range(256):
            damaged = good[:place] + bytes([value]) + good[place + 1 :]
            if damaged != good:
                assert SignDecoder().feed(damaged) == []


@given(st.integers(1, 99), st.text(max_size=40), st.booleans(), st.integers(3, 32))
def test_any_text_makes_a_frame_that_reads_back_as_fitted(
    address: int, text: str, blink: bool, columns: int
) -> None:
    frame = encode(address, SignState(text, blink), columns)
    shown = led_text(text, columns)
    assert len(shown) <= columns
    assert SignDecoder().feed(frame) == [SignFrame(address, SignState(shown, blink))]


@given(st.binary(max_size=200))
def test_any_noise_ends_with_the_next_frame(noise: bytes) -> None:
    decoder = SignDecoder()
    decoder.feed(noise)
    good = encode(1, SignState("A-042"), 8)
    assert decoder.feed(good)[-1:] == [SignFrame(1, SignState("A-042"))]
