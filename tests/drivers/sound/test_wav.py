import array
import contextlib
import io
import math
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.sound.wav import RATE, WavError, chime, duration, join, pack, samples, silence


def recorded(rate: int = RATE, channels: int = 1, width: int = 2) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setframerate(rate)
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.writeframes(bytes(channels * width * 100))
    return target.getvalue()


def test_silence_is_as_long_as_asked() -> None:
    assert duration(silence(1.5)) == pytest.approx(1.5)
    assert set(samples(silence(0.1))) == {0}


def test_parts_follow_each_other_with_a_pause_between_neighbours_only() -> None:
    first, second = b"\x01\x00" * RATE, b"\x02\x00" * RATE
    joined = join([pack(first), pack(second)], pause_seconds=0.5)
    assert samples(joined) == first + bytes(RATE) + second
    assert duration(joined) == pytest.approx(2.5)
    assert duration(join([])) == 0


def test_a_streamed_header_that_promises_two_gigabytes_is_read_as_it_is() -> None:
    whole = pack(b"\x05\x00" * 1000)
    streamed = whole[:4] + b"\xff\xff\xff\x7f" + whole[8:40] + b"\x00\xf0\xff\x7f" + whole[44:]
    assert samples(streamed) == b"\x05\x00" * 1000
    assert duration(streamed) == pytest.approx(1000 / RATE)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (b"", "not a WAV"),
        (b"ID3\x03 an MP3", "not a WAV"),
        (silence(1)[:30], "not a WAV"),
        (recorded(rate=44_100), "44100 Hz, 1 channels, 16 bit"),
        (recorded(channels=2), "22050 Hz, 2 channels, 16 bit"),
        (recorded(width=1), "22050 Hz, 1 channels, 8 bit"),
    ],
)
def test_other_bytes_are_refused_saying_what_they_are(bad: bytes, told: str) -> None:
    with pytest.raises(WavError, match=told):
        duration(bad)


@given(st.binary(max_size=80), st.integers(0, 60))
def test_any_damage_is_a_wav_error_or_a_wav(noise: bytes, place: int) -> None:
    whole = silence(0.01)
    damaged = whole[:place] + noise + whole[place + len(noise) :]
    with contextlib.suppress(WavError):
        assert duration(damaged) <= len(damaged) / RATE


def pitch(values: list[int]) -> float:
    """The strongest of the three tones of the chime, by correlation."""

    def strength(hertz: float) -> float:
        angles = [2 * math.pi * hertz * index / RATE for index in range(len(values))]
        cosine = sum(v * math.cos(a) for v, a in zip(values, angles, strict=True))
        sine = sum(v * math.sin(a) for v, a in zip(values, angles, strict=True))
        return cosine * cosine + sine * sine

    return max((659.26, 523.25, 392.00), key=strength)


def test_the_chime_is_three_falling_tones_without_clipping_or_clicks() -> None:
    tune = chime()
    values = list(array.array("h", samples(tune)))
    assert 1 < duration(tune) < 2
    assert 8_000 < max(map(abs, values)) < 32_767
    assert abs(values[0]) < 50
    assert abs(values[-1]) < 50
    step = round(0.32 * RATE)
    heard = [pitch(values[step * n + 500 : step * n + 3000]) for n in range(3)]
    assert heard == [659.26, 523.25, 392.00]
