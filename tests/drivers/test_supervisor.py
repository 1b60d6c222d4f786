"""The supervisor over real pseudo-terminals: unplugging closes the master, plugging in links a new one."""

import logging
import os
import threading
import time
import tty
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from config.model.devices import LedSign as SignSettings
from config.model.devices import SerialPort
from config.model.devices import SerialScanner as ScannerSettings
from drivers import registry
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import CodeScanner, CounterSign, DeviceStatus, Health, Scan, SignState
from drivers.supervisor import QUEUED_CALLS, ScanLoop, Supervised

QUICK = (0.01, 0.02)


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    yield
    assert [thread.name for thread in threading.enumerate() if "device-" in thread.name] == []


@dataclass
class Socket:
    """Where a device plugs in: a path that is a link to a terminal while it is there."""

    path: Path
    master: int | None = None
    slave: int | None = None
    # Opening a port throws away what was said before.
    listened_to: threading.Event = field(default_factory=threading.Event)

    def plug(self) -> None:
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.path.symlink_to(os.ttyname(self.slave))

    def unplug(self) -> None:
        self.listened_to.clear()
        if self.master is not None and self.slave is not None:
            self.path.unlink()
            os.close(self.slave)
            os.close(self.master)
        self.master = None

    def say(self, data: bytes) -> None:
        assert self.listened_to.wait(5)
        assert self.master is not None
        os.write(self.master, data)

    def hear(self) -> bytes:
        assert self.master is not None
        return os.read(self.master, 1000)


@pytest.fixture
def socket(tmp_path: Path) -> Iterator[Socket]:
    place = Socket(tmp_path / "tty")
    place.plug()
    yield place
    place.unplug()


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "what was waited for did not happen"
        threading.Event().wait(0.005)


def sign_at(socket: Socket) -> Callable[[], CounterSign]:
    port = SerialPort(wire="serial", path=str(socket.path))
    settings = SignSettings(kind="led-sign", port=port, counter="q1")
    return lambda: registry.open_sign(settings, "sign-1")


def scanner_at(socket: Socket) -> Callable[[], CodeScanner]:
    port = SerialPort(wire="serial", path=str(socket.path))
    settings = ScannerSettings(kind="serial-scanner", port=port)

    def open_scanner() -> CodeScanner:
        scanner = registry.open_scanner(settings, "scanner-1")
        socket.listened_to.set()
        return scanner

    return open_scanner


@dataclass
class Box:
    """A device in memory whose behaviour a test sets."""

    says: DeviceStatus = field(default_factory=lambda: DeviceStatus(Health.READY))
    closed: bool = False
    defect: Exception | None = None

    def status(self) -> DeviceStatus:
        if self.defect:
            raise self.defect
        return self.says

    def close(self) -> None:
        self.closed = True
        if self.defect:
            raise self.defect


def reason(future: Future[Any]) -> DeviceReason:
    error = future.exception(5)
    assert isinstance(error, DeviceError)
    return error.reason


def test_calls_run_in_order_in_the_thread_of_the_device() -> None:
    box = Supervised("box", Box)
    threads = [box.submit(lambda _: threading.current_thread().name) for _ in range(3)]
    numbers: list[int] = []
    done = [box.submit(lambda _, n=n: numbers.append(n)) for n in range(20)]  # type: ignore[misc]  # a default binds the loop's number
    for future in done:
        future.result(5)
    assert numbers == list(range(20))
    assert {future.result(5) for future in threads} == {"device-box"}
    assert box.close()


def test_unplugging_and_plugging_in_are_told_once_each(
    socket: Socket, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    seen: list[DeviceStatus] = []
    sign = Supervised(
        "sign-1", sign_at(socket), on_status=seen.append, backoff=QUICK, check_every=0.01
    )
    sign.submit(lambda device: device.show(SignState("A-042"))).result(5)
    assert b"A-042" in socket.hear()
    socket.unplug()
    until(lambda: sign.status.health is Health.FAULT)
    until(lambda: reason(sign.submit(lambda d: d.show(SignState("x")))) is DeviceReason.NOT_FOUND)
    socket.plug()
    until(lambda: sign.status.health is Health.UNKNOWN)
    sign.submit(lambda device: device.show(SignState("B-007"))).result(5)
    assert b"B-007" in socket.hear()
    assert sign.close()
    records = [record for record in caplog.records if record.name == "device.sign-1"]
    assert [record.levelname for record in records] == ["WARNING", "INFO"]
    assert "disconnected" in records[0].getMessage()
    assert records[1].getMessage().startswith("back after ")
    assert [status.health for status in seen][-1] is Health.UNKNOWN
    assert all(a != b for a, b in pairwise(seen))


def test_a_device_absent_from_the_start_is_told_once_and_found_when_it_comes(
    socket: Socket, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    socket.unplug()
    sign = Supervised("sign-1", sign_at(socket), backoff=QUICK)
    assert reason(sign.submit(lambda d: d.status())) is DeviceReason.NOT_FOUND
    socket.plug()
    until(lambda: sign.submit(lambda d: d.status()).exception(5) is None)
    assert sign.close()
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


def test_attempts_grow_patient_and_begin_anew_after_a_success() -> None:
    attempts: list[float] = []
    present = threading.Event()

    def open_box() -> Box:
        attempts.append(time.monotonic())
        if not present.is_set():
            raise DeviceError(DeviceReason.NOT_FOUND, "box")
        return Box()

    box = Supervised("box", open_box, backoff=(0.01, 0.05, 0.1))
    until(lambda: len(attempts) == 6)
    gaps = [b - a for a, b in pairwise(attempts)]
    assert all(gap >= least for gap, least in zip(gaps, (0.01, 0.05, 0.1, 0.1, 0.1), strict=True))
    present.set()
    until(lambda: box.status.health is Health.READY)
    assert box.close()


def test_paper_out_is_a_state_and_no_loss(caplog: pytest.LogCaptureFixture) -> None:
    box = Box()

    def print_slip(_: Box) -> None:
        box.says = DeviceStatus(Health.FAULT, ("out_of_paper",))
        raise DeviceError(DeviceReason.OUT_OF_PAPER, "box")

    supervised = Supervised("box", lambda: box)
    assert reason(supervised.submit(print_slip)) is DeviceReason.OUT_OF_PAPER
    assert supervised.status.reasons == ("out_of_paper",)
    assert not box.closed
    box.says = DeviceStatus(Health.READY)
    supervised.submit(lambda _: None).result(5)
    until(lambda: supervised.status.health is Health.READY)
    assert supervised.close()
    assert caplog.records == []
    assert box.closed


def test_a_device_whose_status_says_disconnected_is_opened_again() -> None:
    boxes: list[Box] = []

    def open_box() -> Box:
        boxes.append(Box())
        return boxes[-1]

    supervised = Supervised("box", open_box, backoff=QUICK, check_every=0.01)
    until(lambda: supervised.status.health is Health.READY)
    boxes[0].says = DeviceStatus(Health.FAULT, ("disconnected",))
    until(lambda: len(boxes) == 2 and supervised.status.health is Health.READY)
    assert boxes[0].closed
    assert supervised.close()


def test_defects_of_callers_listeners_and_drivers_do_not_end_the_thread(
    caplog: pytest.LogCaptureFixture,
) -> None:
    boxes: list[Box] = []

    def open_box() -> Box:
        boxes.append(Box())
        if len(boxes) == 1:
            raise KeyError("defect in opening")
        return boxes[-1]

    def listener(_: DeviceStatus) -> None:
        raise RuntimeError("defect in listening")

    supervised = Supervised("box", open_box, on_status=listener, backoff=QUICK, check_every=0.01)
    until(lambda: supervised.status.health is Health.READY)
    assert isinstance(supervised.submit(lambda _: 1 / 0).exception(5), ZeroDivisionError)
    boxes[1].defect = OSError("defect in asking")
    until(lambda: len(boxes) == 3 and supervised.status.health is Health.READY)
    assert supervised.submit(lambda _: "alive").result(5) == "alive"
    assert supervised.close()
    told = [record.getMessage() for record in caplog.records]
    assert told.count("defect in the driver") == 2


def test_a_hung_device_holds_up_neither_the_caller_nor_another_device() -> None:
    release = threading.Event()
    hung, other = Supervised("hung", Box), Supervised("other", Box)
    stuck = hung.submit(lambda _: release.wait(10))
    assert other.submit(lambda _: "fine").result(5) == "fine"
    until(stuck.running)
    waiting = [hung.submit(lambda _: "late") for _ in range(QUEUED_CALLS)]
    assert reason(hung.submit(lambda _: "late")) is DeviceReason.BUSY
    assert not hung.close(within=0.05)
    release.set()
    assert hung.close()
    assert {reason(future) for future in waiting} == {DeviceReason.OFFLINE}
    assert reason(hung.submit(lambda _: "after")) is DeviceReason.OFFLINE
    assert other.close()


def test_a_call_cancelled_in_time_never_reaches_the_device() -> None:
    release = threading.Event()
    supervised = Supervised("box", Box)
    supervised.submit(lambda _: release.wait(10))
    reached: list[bool] = []
    cancelled = supervised.submit(lambda _: reached.append(True))
    assert cancelled.cancel()
    release.set()
    supervised.submit(lambda _: None).result(5)
    assert supervised.close()
    assert reached == []


def test_closing_does_not_wait_for_the_next_attempt() -> None:
    def open_box() -> Box:
        raise DeviceError(DeviceReason.NOT_FOUND, "box")

    supervised = Supervised("box", open_box, backoff=(30,))
    until(lambda: supervised.status.health is Health.FAULT)
    started = time.monotonic()
    assert supervised.close()
    assert supervised.close()
    assert time.monotonic() - started < 10


def test_scans_are_delivered_one_at_a_time(socket: Socket) -> None:
    scans: list[Scan] = []
    gate = threading.Semaphore(0)

    def receive(scan: Scan) -> None:
        scans.append(scan)
        gate.acquire(timeout=5)

    loop = ScanLoop("scanner-1", scanner_at(socket), receive)
    socket.say(b"A-042\rB-007\r")
    until(lambda: scans == [Scan("A-042")])
    gate.release(2)
    until(lambda: scans == [Scan("A-042"), Scan("B-007")])
    until(lambda: loop.status.health is Health.READY)
    assert loop.close()


def test_an_unplugged_scanner_is_told_once_and_reads_again_when_it_is_back(
    socket: Socket, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    scans: list[Scan] = []
    seen: list[Health] = []
    damaged: list[bool] = []
    loop = ScanLoop(
        "scanner-1",
        scanner_at(socket),
        scans.append,
        on_status=lambda status: seen.append(status.health),
        on_garbled=lambda: damaged.append(True),
        backoff=QUICK,
    )
    socket.say(b"A-\xff\xff\rB-\xff\xff\r")
    until(lambda: seen == [Health.WARNING] and len(damaged) == 2)
    socket.say(b"A-042\r")
    until(lambda: seen == [Health.WARNING, Health.READY])
    socket.unplug()
    until(lambda: seen[-1] is Health.FAULT)
    socket.plug()
    socket.say(b"B-007\r")
    until(lambda: seen[-1] is Health.READY)
    assert loop.close()
    assert [scan.text for scan in scans] == ["A-042", "B-007"]
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


def test_a_receiver_with_a_defect_gets_the_next_scan_too(
    socket: Socket, caplog: pytest.LogCaptureFixture
) -> None:
    scans: list[str] = []

    def receive(scan: Scan) -> None:
        scans.append(scan.text)
        raise RuntimeError("defect")

    loop = ScanLoop("scanner-1", scanner_at(socket), receive, backoff=QUICK)

    socket.say(b"A-042\rB-007\r")
    until(lambda: len(scans) == 2)
    assert loop.close()
    assert scans == ["A-042", "B-007"]
    assert "the receiver of scans failed" in caplog.text


def test_a_reading_loop_without_scanner_ends_at_once() -> None:
    def open_scanner() -> CodeScanner:
        raise DeviceError(DeviceReason.NOT_FOUND, "scanner-1")

    loop = ScanLoop("scanner-1", open_scanner, lambda _: None, backoff=(30,))
    until(lambda: loop.status.health is Health.FAULT)
    started = time.monotonic()
    assert loop.close()
    assert time.monotonic() - started < 10


def test_a_scanner_driver_with_a_defect_is_given_up_and_opened_again() -> None:
    class Gun(Box):
        def read(self, deadline: float) -> Scan | None:
            if self is guns[0]:
                raise ValueError("defect in reading")
            threading.Event().wait(deadline)
            return Scan("A-042")

    guns: list[Gun] = []
    scans: list[Scan] = []

    def open_gun() -> Gun:
        guns.append(Gun())
        return guns[-1]

    loop = ScanLoop("gun", open_gun, scans.append, backoff=QUICK)
    until(lambda: bool(scans))
    assert loop.close()
    assert [gun.closed for gun in guns] == [True, True]


def test_a_device_that_cannot_tell_its_status_is_shown_as_failed() -> None:
    box = Box()
    supervised = Supervised("box", lambda: box, check_every=0.01)
    until(lambda: supervised.status.health is Health.READY)
    box.defect = DeviceError(DeviceReason.GARBLED, "box")
    until(lambda: supervised.status == DeviceStatus(Health.WARNING, ("garbled",)))
    assert supervised.close()
