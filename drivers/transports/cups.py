"""Transport over a raw CUPS queue, for a printer that several computers share. It carries bytes there and none back.

Each write is a job of its own. Only that CUPS accepted it is known: a job "completed" has left this machine.
"""

import shutil
import subprocess
import time

from drivers.errors import DeviceError, DeviceReason
from drivers.transports.descriptor import closed

_ASK_SECONDS = 5.0
_PERHAPS = 1
_PATH = "/usr/bin:/bin"


class CupsTransport:
    """One queue, `queue` or `queue` on `host`; the constructor checks that it accepts jobs."""

    def __init__(self, queue: str, host: str, *, device: str) -> None:
        self._device = device
        self._queue = queue
        self._server = ["-h", host] if host else []
        self._is_open = True
        if not all(shutil.which(command, path=_PATH) for command in ("lp", "lpstat")):
            raise DeviceError(DeviceReason.LIBRARY_MISSING, device, "cups-client")
        asked = self._run(["lpstat", *self._server, "-a", queue], b"", _ASK_SECONDS)
        if asked is None:
            raise DeviceError(DeviceReason.TIMEOUT, device, f"{queue}: CUPS does not answer")
        if asked.returncode or b"not accepting" in asked.stdout:
            raise DeviceError(DeviceReason.NOT_FOUND, device, f"{queue}: {_said(asked)}")

    def read(self, size: int, deadline: float) -> bytes:
        """Nothing ever comes back: silence for `deadline` seconds."""
        self._refuse_when_closed()
        time.sleep(max(0.0, deadline))
        return b""

    def write(self, data: bytes, deadline: float) -> int:
        """Give `data` to the queue as one job; after a timeout of `deadline` seconds it is not known whether CUPS took it."""
        self._refuse_when_closed()
        order = ["lp", *self._server, "-d", self._queue, "-o", "raw", "-s", "-t", self._device]
        done = self._run(order, data, deadline)
        if done is None:
            return _PERHAPS
        if done.returncode:
            raise DeviceError(DeviceReason.DISCONNECTED, self._device, _said(done))
        return len(data)

    def close(self) -> None:
        """Nothing is held between jobs."""
        self._is_open = False

    def _run(
        self, order: list[str], data: bytes, seconds: float
    ) -> "subprocess.CompletedProcess[bytes] | None":
        try:
            return subprocess.run(
                [shutil.which(order[0], path=_PATH) or order[0], *order[1:]],
                input=data,
                capture_output=True,
                timeout=max(0.1, seconds),
                env={"PATH": _PATH, "LC_ALL": "C"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
        except OSError as error:
            raise DeviceError(DeviceReason.FAULT, self._device, str(error)) from error

    def _refuse_when_closed(self) -> None:
        if not self._is_open:
            raise closed(self._device)


def _said(done: "subprocess.CompletedProcess[bytes]") -> str:
    return (done.stderr or done.stdout).decode("utf-8", "replace").strip()[:200]
