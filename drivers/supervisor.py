"""Supervision of devices: a worker thread for each, retries with back-off, one log line for a loss and one for its end.

A device that hangs blocks only its own thread, and no longer than its own timeouts.
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

# After these reasons the wire is closed and opened again. A full paper bin or a busy card is not a loss.
_LOSSES = frozenset({DeviceReason.DISCONNECTED, DeviceReason.NOT_FOUND, DeviceReason.TIMEOUT})
# The status of a device that never answers has the reason "timeout"; only these reasons in it mean that the wire is gone.
_LOSSES_IN_STATUS = (DeviceReason.DISCONNECTED, DeviceReason.NOT_FOUND)


class Device(Protocol):
    """What every device of `drivers.protocols` has."""

    def status(self) -> DeviceStatus:
        """Its present status."""

    def close(self) -> None:
        """Release it: the port is free afterwards."""


D = TypeVar("D", bound=Device)
R = TypeVar("R")
StatusListener = Callable[[DeviceStatus], None]


def _ignore_status(_status: DeviceStatus) -> None:
    """The default callback for a status."""


def _ignore_garbled() -> None:
    """The default callback for a damaged code."""


class _Presence(Generic[D]):
    """A device that may be lost: opens it, retries with back-off, reports each change of status once. Used by one thread."""

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
        """Seconds until the next attempt to open an absent device."""
        return max(0.0, self._retry_at - time.monotonic())

    def loss(self) -> DeviceError:
        """A new exception with the reason why the device is absent."""
        return DeviceError(self._loss.reason, self._name, self._loss.detail)

    def open(self) -> None:
        """Try once to open the device and read its status."""
        try:
            self.device = self._open_device()
        except DeviceError as error:
            self._lose(error)
            return
        except Exception as error:  # noqa: BLE001
            # A defect in a driver must not end the worker thread of its device: it counts as a fault, and the next
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
        """Read the status; a device whose wire is gone is closed and counts as lost."""
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
        """A call failed: the device counts as lost if its wire is gone, otherwise only its status changes."""
        if error.reason in _LOSSES:
            self._lose(error)
        else:
            health = Health.WARNING if error.reason is DeviceReason.GARBLED else Health.FAULT
            self._publish(DeviceStatus(health, (error.reason.value,)))

    def broken(self, error: Exception) -> None:
        """The driver has a defect: log the traceback, once for each defect, and count the device as lost."""
        detail = f"{type(error).__name__}: {error}"
        if self._loss.detail != detail:
            self.log.error("defect in the driver", exc_info=error)
        self._lose(DeviceError(DeviceReason.FAULT, self._name, detail))

    def release(self) -> None:
        """Close the device if it is open."""
        device, self.device = self.device, None
        if device is None:
            return
        try:
            device.close()
        except Exception:
            # Closing a broken device may fail in any way; it counts as lost all the same and is opened again.
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
            # An exception of the callback is logged, and the device goes on.
            self.log.exception("the listener of the status failed")


class Supervised(Generic[D]):
    """One device behind one worker thread. Made by a composition root; `close` ends the thread.

    A call submitted while the device is absent fails at once with the reason of the absence: the person in front of
    the screen sees it now, and the caller decides what to retry.
    """

    def __init__(
        self,
        name: str,
        open_device: Callable[[], D],
        *,
        on_status: StatusListener = _ignore_status,
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
        """The newest status of the device."""
        return self._presence.status

    def submit(self, call: Callable[[D], R]) -> Future[R]:
        """Queue a call for the device's thread. At most `QUEUED_CALLS` wait; one more fails with `DeviceReason.BUSY`."""
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
        """End after the call under way; queued calls fail. Return whether the thread ended `within` seconds."""
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
            # The status after a call is read as soon as the queue is empty.
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
            # The exception is the caller's, through the future; the thread goes on with the next call.
            future.set_exception(error)
        else:
            future.set_result(result)

    def _refusal(self, reason: DeviceReason, detail: str) -> DeviceError:
        return DeviceError(reason, self._name, detail)


class ScanLoop:
    """Reads one scanner in one thread, one scan at a time: the next is read when the callback `on_scan` has returned.

    `on_garbled` is called for each code that cannot be decoded to text. Made by a composition root; `close` ends the thread.
    """

    def __init__(
        self,
        name: str,
        open_scanner: Callable[[], CodeScanner],
        on_scan: Callable[[Scan], None],
        *,
        on_status: StatusListener = _ignore_status,
        on_garbled: Callable[[], None] = _ignore_garbled,
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
        """The newest status of the scanner."""
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
            # As for every device: after a defect the scanner counts as lost until the next attempt.
            self._presence.broken(error)
            return
        if scan is not None:
            self._deliver(lambda: self._on_scan(scan))

    def _deliver(self, callback: Callable[[], None]) -> None:
        try:
            callback()
        except Exception:
            # An exception of the callback loses this scan; the next one is read.
            self._presence.log.exception("the receiver of scans failed")
