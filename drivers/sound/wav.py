"""WAV files in memory: joining, silence, a chime, durations. Pure; one format: 22,050 Hz, mono, 16 bit."""

import array
import io
import math
import sys
import wave
from collections.abc import Iterable

RATE = 22_050
_SAMPLE_BYTES = 2

_CHIME_HERTZ = (659.26, 523.25, 392.00)  # E5 C5 G4, falling: «attention», not «alarm»
_CHIME_STEP_SECONDS = 0.32
_CHIME_TAIL_SECONDS = 0.9
_CHIME_LEVEL = 0.28
_ATTACK_SECONDS = 0.008
_DECAY_PER_SECOND = 5.0


class WavError(ValueError):
    """Bytes that are not a WAV of the one format, e.g. a clip recorded in stereo or an empty file."""


def samples(wav: bytes) -> bytes:
    """Return the samples of a WAV, whatever length its header promises (a streamed header promises 2 GB)."""
    try:
        with wave.open(io.BytesIO(wav)) as file:
            found = (file.getframerate(), file.getnchannels(), file.getsampwidth())
            data: bytes = file.readframes(len(wav))
    except (wave.Error, EOFError, RuntimeError) as error:
        # `wave` answers chunk sizes that lie with a bare RuntimeError.
        raise WavError(f"not a WAV file: {error}") from error
    if found != (RATE, 1, _SAMPLE_BYTES):
        raise WavError(f"{found[0]} Hz, {found[1]} channels, {8 * found[2]} bit")
    return data[: len(data) - len(data) % _SAMPLE_BYTES]


def pack(data: bytes) -> bytes:
    """Put samples into a WAV file."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(_SAMPLE_BYTES)
        file.setframerate(RATE)
        file.writeframes(data)
    return target.getvalue()


def duration(wav: bytes) -> float:
    """Seconds of sound in a WAV."""
    return len(samples(wav)) / (RATE * _SAMPLE_BYTES)


def silence(seconds: float) -> bytes:
    """A WAV of nothing."""
    return pack(bytes(round(seconds * RATE) * _SAMPLE_BYTES))


def join(parts: Iterable[bytes], pause_seconds: float = 0.0) -> bytes:
    """One WAV of all parts in order, with a pause between neighbours."""
    pause = bytes(round(pause_seconds * RATE) * _SAMPLE_BYTES)
    return pack(pause.join(samples(part) for part in parts))


def chime() -> bytes:
    """Three falling tones that call for attention."""
    total = _CHIME_STEP_SECONDS * (len(_CHIME_HERTZ) - 1) + _CHIME_TAIL_SECONDS
    mixed = [0.0] * round(total * RATE)
    for step, hertz in enumerate(_CHIME_HERTZ):
        first = round(step * _CHIME_STEP_SECONDS * RATE)
        for index in range(first, len(mixed)):
            mixed[index] += _tone(hertz, (index - first) / RATE)
    # The last tone would end in a click: fade what is left of it.
    fade = RATE // 10
    for index in range(fade):
        mixed[-1 - index] *= index / fade
    return pack(_sixteen_bit(mixed))


def _tone(hertz: float, seconds: float) -> float:
    attack = min(1.0, seconds / _ATTACK_SECONDS)
    envelope = attack * math.exp(-_DECAY_PER_SECOND * seconds)
    angle = 2 * math.pi * hertz * seconds
    return envelope * (math.sin(angle) + 0.35 * math.sin(2 * angle) + 0.12 * math.sin(3 * angle))


def _sixteen_bit(values: list[float]) -> bytes:
    limit = 32_767
    clipped = (max(-1.0, min(1.0, value * _CHIME_LEVEL)) for value in values)
    packed = array.array("h", (round(value * limit) for value in clipped))
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()
