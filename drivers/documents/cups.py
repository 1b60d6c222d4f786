"""Document printer over CUPS: `lp` takes a PDF, `lpstat` tells what became of it, `cancel` takes it back.

A job that is over by CUPS has left for the printer; a printer that reports through its driver or IPP says so at its last
page, a bare socket when it has taken the bytes.
"""

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from typing import Final

from config.model.devices import DocumentPrinter
from drivers.documents.states import (
    DocumentState,
    QueueState,
    job_alerts,
    queue_state,
    state_of_ended,
    state_of_waiting,
)
from drivers.errors import DeviceError, DeviceReason

_ASK_SECONDS: Final = 5.0
_SEND_SECONDS: Final = 30.0
_EVERY_SECONDS: Final = 0.5
_PATH = "/usr/bin:/bin"
_REQUEST: Final = re.compile(r"request id is (\S+-\d+)")
_HINDRANCES: Final = {
    DocumentState.PAPER_OUT: DeviceReason.OUT_OF_PAPER,
    DocumentState.STOPPED: DeviceReason.OFFLINE,
}


class CupsDocuments:
    """One queue. The constructor only looks for the commands; every call asks anew."""

    def __init__(self, settings: DocumentPrinter, device: str) -> None:
        self._settings = settings
        self._device = device
        self._server = ["-h", settings.host] if settings.host else []
        if not all(shutil.which(command, path=_PATH) for command in ("lp", "lpstat", "cancel")):
            raise DeviceError(DeviceReason.LIBRARY_MISSING, device, "cups-client")

    def queue(self) -> QueueState:
        """The state of the queue; raises DeviceError where there is none, or CUPS does not answer."""
        told = self._asked(["lpstat", *self._server, "-l", "-p", self._settings.queue])
        accepting = self._asked(["lpstat", *self._server, "-a", self._settings.queue])
        state = queue_state(told, accepting)
        if state is None:
            raise DeviceError(DeviceReason.NOT_FOUND, self._device, self._settings.queue)
        return state

    def print(self, pdf: bytes, title: str) -> str | None:
        """Hand over a document and return the id of its job; None if CUPS did not say whether it took it. Nothing is handed to a queue that is stopped, takes no jobs or
        has no paper: it would come out when nobody waits for it. `title` is seen by others: no personal data."""
        queue = self.queue()
        if not queue.accepting or queue.hindrance in _HINDRANCES:
            reason = _HINDRANCES.get(queue.hindrance or DocumentState.STOPPED, DeviceReason.OFFLINE)
            raise DeviceError(reason, self._device, self._settings.queue)
        order = ["lp", *self._server, "-d", self._settings.queue, "-t", title, *self._options()]
        done = self._run(order, pdf, _SEND_SECONDS)
        if done is None:
            return None
        request = _REQUEST.search(_text(done.stdout))
        if done.returncode or request is None:
            raise DeviceError(DeviceReason.DISCONNECTED, self._device, _text(done.stderr).strip())
        return request[1]

    def state(self, job: str) -> DocumentState:
        """What became of a job so far; UNKNOWN where CUPS does not answer or no longer knows it."""
        listing = ["lpstat", *self._server, "-l"]
        try:
            waiting = job_alerts(self._asked([*listing, "-o", self._settings.queue]), job)
            if waiting is not None:
                return state_of_waiting(waiting, self.queue())
            ended = self._asked([*listing, "-W", "completed", "-o", self._settings.queue])
        except DeviceError:
            return DocumentState.UNKNOWN
        alerts = job_alerts(ended, job)
        return DocumentState.UNKNOWN if alerts is None else state_of_ended(alerts)

    def follow(
        self, job: str, seconds: float, changed: Callable[[DocumentState], None]
    ) -> DocumentState:
        """Watch a job until nothing more becomes of it, telling each change. After so many seconds it is taken back: its
        last state then says what was in the way. UNKNOWN if it could neither be seen through nor be taken back."""
        deadline = time.monotonic() + seconds
        last: DocumentState | None = None
        while True:
            state = self.state(job)
            if state is not last:
                changed(state)
                last = state
            if state.is_final:
                return state
            if time.monotonic() >= deadline:
                return state if self._taken_back(job) else DocumentState.UNKNOWN
            time.sleep(_EVERY_SECONDS)

    def _taken_back(self, job: str) -> bool:
        """Cancel a job; only what CUPS then lists as cancelled will surely not come out later."""
        self._run(["cancel", *self._server, job], b"", _ASK_SECONDS)
        return self.state(job) is DocumentState.CANCELLED

    def _options(self) -> list[str]:
        settings = self._settings
        media = f"{settings.paper.upper()},{settings.tray}" if settings.tray else settings.paper.upper()  # fmt: skip
        sides = "two-sided-long-edge" if settings.duplex else "one-sided"
        return ["-o", f"media={media}", "-o", f"sides={sides}", "-o", "print-scaling=none"]

    def _asked(self, order: list[str]) -> str:
        done = self._run(order, b"", _ASK_SECONDS)
        if done is None:
            raise DeviceError(DeviceReason.TIMEOUT, self._device, self._settings.queue)
        if done.returncode:
            reason = _text(done.stderr or done.stdout).strip()[:200]
            raise DeviceError(DeviceReason.NOT_FOUND, self._device, reason)
        return _text(done.stdout)

    def _run(
        self, order: list[str], data: bytes, seconds: float
    ) -> "subprocess.CompletedProcess[bytes] | None":
        try:
            return subprocess.run(
                [shutil.which(order[0], path=_PATH) or order[0], *order[1:]],
                input=data,
                capture_output=True,
                timeout=seconds,
                env={"PATH": _PATH, "LC_ALL": "C"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
        except OSError as error:
            raise DeviceError(DeviceReason.FAULT, self._device, str(error)) from error


def _text(said: bytes) -> str:
    return said.decode("utf-8", "replace")
