"""Driver of a loudspeaker without a sound card: each announcement becomes a numbered WAV file in a folder."""

import os
from pathlib import Path

from config.model.devices import WavFolderSpeaker as WavFolderSettings
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import DeviceStatus, Health
from drivers.sound.wav import WavError, duration

KEPT_FILES = 500


class WavFolderSpeaker:
    """Keeps the last announcements, oldest first by name (`000001.wav`); playing takes no time."""

    def __init__(self, settings: WavFolderSettings, device: str, *, keep: int = KEPT_FILES) -> None:
        self._folder = Path(settings.folder)
        self._device = device
        self._keep = keep
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._number = max((int(file.stem) for file in self._numbered()), default=0)
        except OSError as error:
            raise DeviceError(DeviceReason.NOT_FOUND, device, str(error)) from error
        self._status = DeviceStatus(Health.READY)

    def play(self, wav: bytes) -> None:
        """Keep `wav` as the next file; a reader never sees half of it."""
        try:
            duration(wav)
            self._store(wav)
        except WavError as error:
            raise DeviceError(DeviceReason.GARBLED, self._device, str(error)) from error
        except OSError as error:
            self._status = DeviceStatus(Health.FAULT, (DeviceReason.FAULT.value,))
            raise DeviceError(DeviceReason.FAULT, self._device, str(error)) from error
        self._status = DeviceStatus(Health.READY)

    def status(self) -> DeviceStatus:
        """READY while files can be written."""
        return self._status

    def close(self) -> None:
        """Nothing is held between announcements."""

    def _store(self, wav: bytes) -> None:
        self._number += 1
        unfinished = self._folder / f".{self._number:06d}.part"
        unfinished.write_bytes(wav)
        os.replace(unfinished, self._folder / f"{self._number:06d}.wav")
        for old in sorted(self._numbered(), key=lambda file: int(file.stem))[: -self._keep]:
            old.unlink(missing_ok=True)

    def _numbered(self) -> list[Path]:
        return [file for file in self._folder.glob("*.wav") if file.stem.isdecimal()]
