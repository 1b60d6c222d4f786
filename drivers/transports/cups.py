"""Transport over a raw CUPS queue, for a printer that several computers share. It carries bytes there and none back.

Each write is a job of its own, followed until it has left the queue: a job "completed" has left this machine, and no more
is known. A queue goes on accepting while it is stopped and would print everything later, when nobody waits for it any
more: so nothing is given to a stopped queue, and what does not leave it in time is cancelled.
"""

import getpass
import time
from datetime import datetime, timedelta
from typing import Final

from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import DeviceStatus, Health
from drivers.transports.cups_answers import QueuedJob, jobs_of, number_of, trouble_of
from drivers.transports.cups_commands import CupsCommands, complaint, printed
from drivers.transports.descriptor import closed

_LOOK_SECONDS = 0.2
_PRINTING_SECONDS = 60.0
"""How long a printer may take for the bytes of a job that it has begun to take."""
_PERHAPS = 1
ONE_WAY: Final = "one_way"
OUT_OF_DATE: Final = timedelta(seconds=60)
"""Age at which a job that still waits is cancelled: the person who waited for the paper has gone."""


class CupsTransport:
    """One queue, `queue` or `queue` on `host`; the constructor checks that it accepts jobs."""

    def __init__(self, queue: str, host: str, *, device: str) -> None:
        self._device = device
        self._queue = queue
        self._commands = CupsCommands(host, device)
        self._is_open = True
        asked = self._commands.run("lpstat", "-a", queue)
        if asked is None:
            raise DeviceError(DeviceReason.TIMEOUT, device, f"{queue}: CUPS does not answer")
        if asked.returncode or b"not accepting" in asked.stdout:
            raise DeviceError(DeviceReason.NOT_FOUND, device, f"{queue}: {complaint(asked)}")
        self._cancel_out_of_date()

    def status(self) -> DeviceStatus:
        """What CUPS knows: a queue that is stopped, or that reports its printer's trouble, is a fault; more is never known."""
        trouble = self._trouble()
        if trouble is not None:
            return DeviceStatus(Health.FAULT, (trouble.value,))
        return DeviceStatus(Health.WARNING, (ONE_WAY,))

    def read(self, size: int, deadline: float) -> bytes:
        """Nothing ever comes back: silence for `deadline` seconds."""
        self._refuse_when_closed()
        time.sleep(max(0.0, deadline))
        return b""

    def write(self, data: bytes, deadline: float) -> int:
        """Give `data` to the queue as one job, and follow it for `deadline` seconds; how many bytes left for the printer.

        None of a job that was cancelled before it began; 1 where it began and did not end, or CUPS does not answer: it may be
        on paper. Raises `DeviceError` where the queue is stopped or refuses the job.
        """
        self._refuse_when_closed()
        self._refuse_when_stopped()
        order = ("-d", self._queue, "-o", "raw", "-t", self._device)
        end = time.monotonic() + deadline
        done = self._commands.run("lp", *order, data=data, seconds=deadline)
        if done is None:
            return _PERHAPS
        if done.returncode:
            raise DeviceError(DeviceReason.DISCONNECTED, self._device, complaint(done))
        number = number_of(printed(done))
        return self._followed(number, len(data), end) if number else len(data)

    def close(self) -> None:
        """Nothing is held between jobs."""
        self._is_open = False

    def _followed(self, number: str, size: int, end: float) -> int:
        """How many bytes of a job left the queue."""
        has_begun = False
        while (job := self._job(number)) is not None:
            if job.has_begun and not has_begun:
                has_begun, end = True, time.monotonic() + _PRINTING_SECONDS
            if time.monotonic() >= end or self._trouble() is not None:
                return self._cancelled(number, has_begun=has_begun)
            time.sleep(_LOOK_SECONDS)
        ended = self._job(number, "-W", "completed")
        return _PERHAPS if ended is not None and ended.was_ended else size

    def _cancelled(self, number: str, *, has_begun: bool) -> int:
        """Cancel a job; how many bytes of it may have left."""
        self._commands.run("cancel", number)
        ended = self._job(number, "-W", "completed")
        if has_begun or ended is None or ended.has_message:
            return _PERHAPS
        self._refuse_when_stopped()
        return 0

    def _job(self, number: str, *which: str) -> QueuedJob | None:
        return next((job for job in self._jobs(*which) if job.id == number), None)

    def _jobs(self, *which: str) -> list[QueuedJob]:
        asked = self._commands.run("lpstat", *which, "-l", "-o", self._queue)
        return list(jobs_of(printed(asked))) if asked else []

    def _trouble(self) -> DeviceReason | None:
        asked = self._commands.run("lpstat", "-l", "-p", self._queue)
        if asked is None:
            return DeviceReason.TIMEOUT
        return trouble_of(printed(asked))

    def _refuse_when_stopped(self) -> None:
        if (trouble := self._trouble()) is not None:
            raise DeviceError(trouble, self._device, self._queue)

    def _cancel_out_of_date(self) -> None:
        """Cancel what this account left in the queue before: nobody waits for it any more."""
        now = datetime.now()  # as lpstat prints it: local time without its zone
        for job in self._jobs():
            if job.user == getpass.getuser() and now - job.at > OUT_OF_DATE:
                self._commands.run("cancel", job.id)

    def _refuse_when_closed(self) -> None:
        if not self._is_open:
            raise closed(self._device)
