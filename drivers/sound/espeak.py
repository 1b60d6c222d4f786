"""Speech synthesis by a subprocess of espeak-ng: words in, a WAV out. Numbers are words already; it misreads digits."""

import subprocess

from drivers.errors import DeviceError, DeviceReason
from drivers.sound.wav import WavError, pack, samples

MAX_CHARACTERS = 1000
"""An announcement is a sentence or two; a text beyond this is a mistake of the caller."""

_PROGRAM = "espeak-ng"
_DEADLINE_SECONDS = 15.0


def synthesise(words: str, *, voice: str = "vi", speed: int = 140) -> bytes:
    """Speak `words` at `speed` words a minute; `ValueError` for a text too long, `DeviceError` for the engine."""
    if len(words) > MAX_CHARACTERS:
        raise ValueError(f"{len(words)} characters, at most {MAX_CHARACTERS}")
    command = [_PROGRAM, "-v", voice, "-s", str(speed), "-b", "1", "--stdin", "--stdout"]
    try:
        # The words go through standard input: a text may begin with a hyphen.
        run = subprocess.run(
            command,
            input=words.encode(),
            capture_output=True,
            timeout=_DEADLINE_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise DeviceError(DeviceReason.LIBRARY_MISSING, _PROGRAM, _PROGRAM) from error
    except subprocess.TimeoutExpired as error:
        raise DeviceError(DeviceReason.TIMEOUT, _PROGRAM) from error
    if run.returncode != 0:
        raise DeviceError(DeviceReason.FAULT, _PROGRAM, run.stderr.decode(errors="replace")[:200])
    try:
        # The streamed header states no length; players that believe headers need a right one.
        return pack(samples(run.stdout))
    except WavError as error:
        raise DeviceError(DeviceReason.GARBLED, _PROGRAM, str(error)) from error
