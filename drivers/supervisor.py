"""Keeps devices alive: one thread each, opened again with patience, its loss and return told once.

A device that hangs holds up its own thread only, and that no longer than its own deadlines.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, Protocol, TypeVar

from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import CodeScanner, DeviceStatus, Health, Scan
from plumbing.backoff import PAUSES, Backoff

CHECK_SECONDS = 10.0
QUEUED_CALLS = 64

_READ_SECONDS = 0.25

# After these a wire is of no more use: it is closed and opened again. A full paper bin or a busy card is not a loss.
_LOSSES = frozenset({DeviceReason.DISCONNECTED, DeviceReason.NOT_FOUND, DeviceReason.TIMEOUT})
# A status may say "timeout" of a device that never answers at all; only these words of it mean that the wire is gone.
_LOSSES_IN_STATUS = (DeviceReason.DISCONNECTED, DeviceReason.NOT_FOUND)


class Device(Protocol):
    """What every device of `drivers.protocols` has."""

    def status(self) -> DeviceStatus:
        """Tell how it is."""

    def close(self) -> None:
        """Release it."""


D = TypeVar("D", bound=Device)
R = TypeVar("R")
StatusListener = Callable[[DeviceStatus], None]


def _nobody(_status: DeviceStatus) -> None:
    """The listener where no one listens."""


def _untold() -> None:
    """What is done about a damaged code where nothing is done."""


class _Presence(Generic[D]):
    """A device that comes and goes: opens it, counts its absence, tells each change once. Used by one thread."""

    def __init__(
        self,
        name: str,
        open_device: Callable[[], D],
        on_status: StatusListener,
        backoff: Sequence[float],
    ) -> None:
        self.device: D | None = None
        self.status = DeviceStatus(Health.UNKNOWN)
        self.log = logging.getLogger(f"device.{name}")
        self._name = name
        self._open_device = open_device
        self._on_status = on_status
        self._backoff = Backoff(backoff)
        self._loss = DeviceError(DeviceReason.OFFLINE, name, "not opened yet")
        self._lost_at: float | None = None
        self._retry_at = 0.0

    @property
    def seconds_to_retry(self) -> float:
        """How long to leave an absent device alone."""
        return max(0.0, self._retry_at - time.monotonic())

    def loss(self) -> DeviceError:
        """A fresh error that says why the device is absent."""
        return DeviceError(self._loss.reason, self._name, self._loss.detail)

    def open(self) -> None:
        """Try once to open the device and ask it how it is."""
        try:
            self.device = self._open_device()
        except DeviceError as error:
            self._lose(error)
            return
        except Exception as error:  # noqa: BLE001
            # A defect of a driver must not end the supervision of its device: it counts as a fault and the next
            # attempt follows after the back-off.
            self.broken(error)
            return
        self.check()
        if self.device is not None:
            if self._lost_at is not None:
                self.log.info("back after %.1f s", time.monotonic() - self._lost_at)
            self._lost_at = None
            self._backoff.reset()

    def check(self) -> None:
        """Ask the device how it is; a device found gone is given up."""
        if self.device is None:
            return
        try:
            status = self.device.status()
        except DeviceError as error:
            self.failed(error)
        except Exception as error:  # noqa: BLE001
            # As in `open`.
            self.broken(error)
        else:
            gone = [reason for reason in _LOSSES_IN_STATUS if reason.value in status.reasons]
            if gone:
                self._lose(DeviceError(gone[0], self._name))
            else:
                self._publish(status)

    def failed(self, error: DeviceError) -> None:
        """A call failed: give the device up where its wire is gone, else only tell."""
        if error.reason in _LOSSES:
            self._lose(error)
        else:
            health = Health.WARNING if error.reason is DeviceReason.GARBLED else Health.FAULT
            self._publish(DeviceStatus(health, (error.reason.value,)))

    def broken(self, error: Exception) -> None:
        """The driver has a defect: log where, once for each, and give the device up."""
        detail = f"{type(error).__name__}: {error}"
        if self._loss.detail != detail:
            self.log.error("defect in the driver", exc_info=error)
        self._lose(DeviceError(DeviceReason.FAULT, self._name, detail))

    def release(self) -> None:
        """Close the device where it is open."""
        device, self.device = self.device, None
        if device is None:
            return
        try:
            device.close()
        except Exception:
            # Closing a broken device may fail in any way; it is given up all the same and opened anew.
            self.log.debug("closing failed", exc_info=True)

    def _lose(self, error: DeviceError) -> None:
        self.release()
        self._loss = error
        if self._lost_at is None:
            self._lost_at = time.monotonic()
            self.log.warning("lost: %s", error)
        self._retry_at = time.monotonic() + self._backoff.next_pause()
        self._publish(DeviceStatus(Health.FAULT, (error.reason.value,)))

    def _publish(self, status: DeviceStatus) -> None:
        if status == self.status:
            return
        self.status = status
        try:
            self._on_status(status)
        except Exception:
            # A listener's defect is its own: it is logged and the device goes on.
            self.log.exception("the listener of the status failed")


class Supervised(Generic[D]):
    """One device behind one worker thread. Made by a composition root; `close` ends the thread.

    A call submitted while the device is absent fails at once with the reason of the absence: the person in front of
    the screen is told now, and the caller decides what is tried again.
    """

    def __init__(
        self,
        name: str,
        open_device: Callable[[], D],
        *,
        on_status: StatusListener = _nobody,
        backoff: Sequence[float] = PAUSES,
        check_every: float = CHECK_SECONDS,
    ) -> None:
        self._name = name
        self._presence = _Presence(name, open_device, on_status, backoff)
        self._check_every = check_every
        self._gate = threading.Lock()
        self._closing = False
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=f"device-{name}", daemon=True)
        self._thread.start()

    @property
    def status(self) -> DeviceStatus:
        """What was last known of the device."""
        return self._presence.status

    def submit(self, call: Callable[[D], R]) -> Future[R]:
        """Have `call` run with the device by its thread, after the calls before it."""
        future: Future[R] = Future()
        with self._gate:
            if self._closing:
                future.set_exception(self._refusal(DeviceReason.OFFLINE, "closed"))
            elif self._calls.qsize() >= QUEUED_CALLS:
                future.set_exception(self._refusal(DeviceReason.BUSY, "too many calls wait"))
            else:
                self._calls.put(lambda: self._run(call, future))
        return future

    def close(self, within: float = 5.0) -> bool:
        """End after the call under way; waiting calls fail. Return whether the thread ended `within` seconds."""
        with self._gate:
            if not self._closing:
                self._closing = True
                self._calls.put(None)
        self._thread.join(within)
        return not self._thread.is_alive()

    def _work(self) -> None:
        presence = self._presence
        wait = 0.0
        while True:
            if presence.device is None and presence.seconds_to_retry == 0:
                presence.open()
                wait = self._check_every
            try:
                call = self._calls.get(
                    timeout=wait if presence.device else presence.seconds_to_retry
                )
            except queue.Empty:
                presence.check()
                wait = self._check_every
                continue
            if call is None:
                break
            call()
            # What a call did to the device is asked as soon as no other call waits.
            wait = 0.0
        presence.release()

    def _run(self, call: Callable[[D], R], future: Future[R]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        device = self._presence.device
        if self._closing or device is None:
            closed = self._refusal(DeviceReason.OFFLINE, "closed")
            future.set_exception(closed if self._closing else self._presence.loss())
            return
        try:
            result = call(device)
        except DeviceError as error:
            self._presence.failed(error)
            future.set_exception(error)
        except Exception as error:  # noqa: BLE001
            # The caller asked for it and gets it; the thread goes on with the next call.
            future.set_exception(error)
        else:
            future.set_result(result)

    def _refusal(self, reason: DeviceReason, detail: str) -> DeviceError:
        return DeviceError(reason, self._name, detail)


class ScanLoop:
    """Reads one scanner in one thread and hands over one scan at a time: the next is read when `on_scan` returned.

    `on_garbled` is called for each code that came in and is no text. Made by a composition root; `close` ends the thread.
    """

    def __init__(
        self,
        name: str,
        open_scanner: Callable[[], CodeScanner],
        on_scan: Callable[[Scan], None],
        *,
        on_status: StatusListener = _nobody,
        on_garbled: Callable[[], None] = _untold,
        backoff: Sequence[float] = PAUSES,
    ) -> None:
        self._presence = _Presence(name, open_scanner, on_status, backoff)
        self._on_scan = on_scan
        self._on_garbled = on_garbled
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"device-{name}", daemon=True)
        self._thread.start()

    @property
    def status(self) -> DeviceStatus:
        """What was last known of the scanner."""
        return self._presence.status

    def close(self, within: float = 5.0) -> bool:
        """End the reading; return whether the thread ended `within` seconds."""
        self._closing.set()
        self._thread.join(within)
        return not self._thread.is_alive()

    def _work(self) -> None:
        presence = self._presence
        while not self._closing.is_set():
            if presence.device is None:
                if not self._closing.wait(presence.seconds_to_retry):
                    presence.open()
                continue
            self._read_once(presence.device)
            presence.check()
        presence.release()

    def _read_once(self, scanner: CodeScanner) -> None:
        try:
            scan = scanner.read(_READ_SECONDS)
        except DeviceError as error:
            self._presence.failed(error)
            if error.reason is DeviceReason.GARBLED:
                self._deliver(self._on_garbled)
            return
        except Exception as error:  # noqa: BLE001
            # As for every device: a defect gives the scanner up until the next attempt.
            self._presence.broken(error)
            return
        if scan is not None:
            self._deliver(lambda: self._on_scan(scan))

    def _deliver(self, tell: Callable[[], None]) -> None:
        try:
            tell()
        except Exception:
            # The receiver's defect is its own; this scan is lost to it and the next one is read.
            self._presence.log.exception("the receiver of scans failed")
