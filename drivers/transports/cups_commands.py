"""Commands of CUPS as programs with a timeout, in the C locale: `lp` takes bytes, `lpstat` answers, `cancel` takes a job back."""

import shutil
import subprocess
from typing import Final

from drivers.errors import DeviceError, DeviceReason

_COMMANDS: Final = ("lp", "lpstat", "cancel")
_PATH = "/usr/bin:/bin"
_ASK_SECONDS = 5.0
_LEAST_SECONDS: Final = 0.1

Finished = subprocess.CompletedProcess[bytes]


class CupsCommands:
    """The commands for the server on `host`, this computer's where it is empty. Raises `DeviceError` if one is missing."""

    def __init__(self, host: str, device: str) -> None:
        self._device = device
        self._server = ("-h", host) if host else ()
        if not all(shutil.which(command, path=_PATH) for command in _COMMANDS):
            raise DeviceError(DeviceReason.LIBRARY_MISSING, device, "cups-client")

    def run(
        self, command: str, *options: str, data: bytes = b"", seconds: float | None = None
    ) -> Finished | None:
        """What a command printed and how it ended; None after `seconds`, 5 for a question. Raises `DeviceError` if it does not
        start."""
        try:
            return subprocess.run(
                [shutil.which(command, path=_PATH) or command, *self._server, *options],
                input=data,
                capture_output=True,
                timeout=max(_LEAST_SECONDS, _ASK_SECONDS if seconds is None else seconds),
                env={"PATH": _PATH, "LC_ALL": "C"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
        except OSError as error:
            raise DeviceError(DeviceReason.FAULT, self._device, str(error)) from error


def printed(done: Finished) -> str:
    """What a command answered."""
    return done.stdout.decode("utf-8", "replace")


def complaint(done: Finished) -> str:
    """Why a command failed, in its own words, shortened."""
    return (done.stderr or done.stdout).decode("utf-8", "replace").strip()[:200]
