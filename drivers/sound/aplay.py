"""Driver of the sound card, through a subprocess of ALSA's `aplay`."""

import os
import subprocess
import threading

from config.model.devices import AlsaSpeaker as AlsaSpeakerSettings
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import DeviceStatus, Health
from drivers.sound.wav import WavError, duration, silence

_PROGRAM = "aplay"
_GRACE_SECONDS = 2.0
_PROBE_SECONDS = 0.02
_NO_CARD = ("No such file", "no soundcards", "cannot find card", "Unknown PCM", "No such device")
_BUSY = ("Device or resource busy",)


class AlsaSpeaker:
    """Plays one WAV at a time; the constructor proves the card with a moment of silence."""

    def __init__(self, settings: AlsaSpeakerSettings, device: str) -> None:
        self._card = settings.card
        self._device = device
        self._lock = threading.Lock()
        self._playing: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._status = DeviceStatus(Health.UNKNOWN)
        self.play(silence(_PROBE_SECONDS))

    def play(self, wav: bytes) -> None:
        """Play to the end; the deadline is the length of the sound and a little grace."""
        try:
            self._run(wav)
        except DeviceError as error:
            self._status = DeviceStatus(Health.FAULT, (error.reason.value,))
            raise
        self._status = DeviceStatus(Health.READY)

    def status(self) -> DeviceStatus:
        """What the last playback showed."""
        return self._status

    def close(self) -> None:
        """Stop what is playing."""
        with self._lock:
            self._closed = True
            if self._playing is not None:
                self._playing.kill()

    def _run(self, wav: bytes) -> None:
        try:
            seconds = duration(wav)
        except WavError as error:
            raise self._error(DeviceReason.GARBLED, str(error)) from error
        with self._start() as player:
            try:
                _, complaint = player.communicate(wav, timeout=seconds + _GRACE_SECONDS)
            except subprocess.TimeoutExpired as error:
                player.kill()
                raise self._error(DeviceReason.TIMEOUT, f"{seconds:.1f} s of sound") from error
            finally:
                with self._lock:
                    self._playing = None
        if player.returncode != 0:
            raise self._explained(complaint.decode(errors="replace"))

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise self._error(DeviceReason.DISCONNECTED, "closed here")
            try:
                self._playing = subprocess.Popen(
                    [_PROGRAM, "--quiet", "--device", self._card, "-"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    env={**os.environ, "LC_ALL": "C"},
                )
            except FileNotFoundError as error:
                raise self._error(DeviceReason.LIBRARY_MISSING, _PROGRAM) from error
            return self._playing

    def _explained(self, complaint: str) -> DeviceError:
        last = complaint.strip().splitlines()[-1:] or ["no sound"]
        if self._closed:
            return self._error(DeviceReason.DISCONNECTED, "closed here")
        if any(sign in complaint for sign in _BUSY):
            return self._error(DeviceReason.BUSY, last[0])
        if any(sign in complaint for sign in _NO_CARD):
            return self._error(DeviceReason.NOT_FOUND, last[0])
        return self._error(DeviceReason.FAULT, last[0])

    def _error(self, reason: DeviceReason, detail: str) -> DeviceError:
        return DeviceError(reason, self._device, f"{self._card}: {detail}")
