"""Document printer over CUPS: `lp` takes a PDF, `lpstat` tells what became of it, `cancel` takes it back.

A job that is over by CUPS has left for the printer; a printer that reports through its driver or IPP says so at its last
page, a bare socket when it has taken the bytes.
"""

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
from drivers.transports.cups_answers import number_of
from drivers.transports.cups_commands import CupsCommands, complaint, printed

_SEND_SECONDS: Final = 30.0
_EVERY_SECONDS: Final = 0.5
_HINDRANCES: Final = {
    DocumentState.PAPER_OUT: DeviceReason.OUT_OF_PAPER,
    DocumentState.STOPPED: DeviceReason.OFFLINE,
}


class CupsDocuments:
    """One queue. The constructor only looks for the commands; every call asks anew."""

    def __init__(self, settings: DocumentPrinter, device: str) -> None:
        self._settings = settings
        self._device = device
        self._commands = CupsCommands(settings.host, device)

    def queue(self) -> QueueState:
        """The state of the queue; raises DeviceError where there is none, or CUPS does not answer."""
        told = self._asked("-l", "-p", self._settings.queue)
        accepting = self._asked("-a", self._settings.queue)
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
        order = ("-d", self._settings.queue, "-t", title, *self._options())
        done = self._commands.run("lp", *order, data=pdf, seconds=_SEND_SECONDS)
        if done is None:
            return None
        number = number_of(printed(done))
        if done.returncode or not number:
            raise DeviceError(DeviceReason.DISCONNECTED, self._device, complaint(done))
        return number

    def state(self, job: str) -> DocumentState:
        """What became of a job so far; UNKNOWN where CUPS does not answer or no longer knows it."""
        try:
            waiting = job_alerts(self._asked("-l", "-o", self._settings.queue), job)
            if waiting is not None:
                return state_of_waiting(waiting, self.queue())
            ended = self._asked("-l", "-W", "completed", "-o", self._settings.queue)
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
        self._commands.run("cancel", job)
        return self.state(job) is DocumentState.CANCELLED

    def _options(self) -> list[str]:
        settings = self._settings
        media = f"{settings.paper.upper()},{settings.tray}" if settings.tray else settings.paper.upper()  # fmt: skip
        sides = "two-sided-long-edge" if settings.duplex else "one-sided"
        return ["-o", f"media={media}", "-o", f"sides={sides}", "-o", "print-scaling=none"]

    def _asked(self, *options: str) -> str:
        """What `lpstat` answers. Raises `DeviceError`."""
        done = self._commands.run("lpstat", *options)
        if done is None:
            raise DeviceError(DeviceReason.TIMEOUT, self._device, self._settings.queue)
        if done.returncode:
            raise DeviceError(DeviceReason.NOT_FOUND, self._device, complaint(done))
        return printed(done)
