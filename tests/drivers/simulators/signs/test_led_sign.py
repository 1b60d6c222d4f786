import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.protocols import SignState
from drivers.signs.led_sign import encode
from drivers.simulators.signs.led_sign import LedSignLine


@pytest.mark.parametrize(
    ("sent", "bad"),
    [
        (b"\x03 noise", 0),
        (b"\x0201SA-0", 1),
        (b"\x0201SA-04200\x03", 1),
        (b"\x02\x02\x02", 3),
        (b"\x02" + b"9" * 500, 1),
        (b"", 0),
        (b"\xff\x00hum", 0),
        (b"\x02\x03", 1),
        (b"\x0201XA" + b"18" + b"\x03", 1),
        (b"\x020:SA" + b"18" + b"\x03", 1),
        (b"\x0201S\x1f" + b"4D" + b"\x03", 1),
        (b"\x02xxSA52\x03", 1),
    ],
)
def test_the_signs_find_their_place_again_after_noise(sent: bytes, bad: int) -> None:
    good = encode(3, SignState("B-113", blink=True), 8)
    whole, bytewise = LedSignLine(), LedSignLine()
    assert whole.take(sent + good) == [3]
    assert [address for byte in sent + good for address in bytewise.take(bytes([byte]))] == [3]
    for line in (whole, bytewise):
        assert (line.signs[3].text, line.signs[3].blink) == ("B-113", True)
        assert line.bad_frames == bad


def test_history_and_memory_stay_small() -> None:
    line = LedSignLine()
    for number in range(200):
        line.take(encode(1, SignState(f"A-{number:03d}"), 8))
    line.take(b"\x02" + b"9" * 100_000)
    assert list(line.signs[1].history) == [f"A-{number:03d}" for number in range(150, 200)]
    assert len(line._rest) < 100


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=20),
            st.builds(
                lambda address, text, blink: encode(address, SignState(text, blink), 8),
                st.integers(1, 99),
                st.text("ABC0123456789- ", max_size=8),
                st.booleans(),
            ),
        ),
        max_size=8,
    )
)
def test_a_stream_reads_alike_whole_and_byte_by_byte(parts: list[bytes]) -> None:
    stream = b"".join(parts)
    whole, bytewise = LedSignLine(), LedSignLine()
    addressed = whole.take(stream)
    assert [a for byte in stream for a in bytewise.take(bytes([byte]))] == addressed
    assert bytewise.signs == whole.signs


@given(st.binary(max_size=200))
def test_any_noise_ends_with_the_next_frame(noise: bytes) -> None:
    line = LedSignLine()
    line.take(noise)
    assert line.take(encode(1, SignState("A-042"), 8))[-1:] == [1]


def test_one_changed_byte_is_never_another_text() -> None:
    good = encode(1, SignState("A-042", blink=True), 8)
    for place in range(len(good)):
        for value in range(256):
            damaged = good[:place] + bytes([value]) + good[place + 1 :]
            if damaged != good:
                assert LedSignLine().take(damaged) == []
