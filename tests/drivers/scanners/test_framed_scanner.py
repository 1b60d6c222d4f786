import time

import pytest

from config.model.devices import SerialPort
from config.model.devices import SerialScanner as Settings
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Health, Scan, Transport
from drivers.scanners.framed_scanner import FramedScanner
from drivers.transports.memory import memory_pair

SETTINGS = Settings(kind="serial-scanner", port=SerialPort(wire="serial", path="/dev/ttyACM0"))


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock | None = None) -> tuple[FramedScanner, Transport]:
    near, far = memory_pair("scanner")
    return FramedScanner(near, SETTINGS, "scanner", clock=clock or Clock()), far


def test_codes_are_handed_over_one_at_a_time() -> None:
    scanner, gun = opened()
    gun.write(b"A-042\r]C0H56.14-240823-0001\r", 1)
    assert scanner.read(1) == Scan("A-042")
    assert scanner.read(0) == Scan("H56.14-240823-0001", "]C0")
    assert scanner.read(0) is None


def test_nothing_scanned_is_none_at_the_deadline() -> None:
    scanner, _ = opened()
    started = time.monotonic()
    assert scanner.read(0.05) is None
    assert time.monotonic() - started < 3


def test_a_code_without_suffix_is_taken_after_a_silence() -> None:
    scanner, gun = opened()
    gun.write(b"A-042", 1)
    assert scanner.read(2) == Scan("A-042")


def test_a_caller_with_short_patience_gets_it_too() -> None:
    scanner, gun = opened()
    gun.write(b"A-042", 1)
    end = time.monotonic() + 5
    scan = None
    while scan is None and time.monotonic() < end:
        scan = scanner.read(0.01)
    assert scan == Scan("A-042")


def test_a_code_held_before_the_scanner_is_one_scan() -> None:
    clock = Clock()
    scanner, gun = opened(clock)
    gun.write(b"A-042\r", 1)
    assert scanner.read(1) == Scan("A-042")
    for _ in range(3):
        clock.now += 1.5
        gun.write(b"A-042\r", 1)
        assert scanner.read(0.01) is None
    clock.now += 2.0
    gun.write(b"A-042\r", 1)
    assert scanner.read(1) == Scan("A-042")


def test_another_code_in_between_makes_it_a_scan_again() -> None:
    scanner, gun = opened()
    gun.write(b"A\rB\rA\r", 1)
    assert [scanner.read(1), scanner.read(1), scanner.read(1)] == [Scan("A"), Scan("B"), Scan("A")]


def test_an_unreadable_code_is_an_error_and_the_next_one_is_read() -> None:
    scanner, gun = opened()
    gun.write(b"\xff\xfe\rA-042\r", 1)
    with pytest.raises(DeviceError) as garbled:
        scanner.read(1)
    assert garbled.value.reason is DeviceReason.GARBLED
    assert scanner.status().health is Health.WARNING
    assert scanner.read(1) == Scan("A-042")
    assert scanner.status().health is Health.READY


def test_a_scanner_that_never_spoke_is_unknown_and_an_unplugged_one_a_fault() -> None:
    scanner, gun = opened()
    assert scanner.status().health is Health.UNKNOWN
    gun.close()
    with pytest.raises(DeviceError):
        scanner.read(1)
    assert scanner.status().health is Health.FAULT
    assert scanner.status().reasons == ("disconnected",)
    scanner.close()


def test_a_flood_of_one_code_does_not_hold_the_caller_beyond_the_deadline() -> None:
    scanner, gun = opened()
    gun.write(b"A\r" * 2000, 1)
    assert scanner.read(1) == Scan("A")
    started = time.monotonic()
    assert scanner.read(0.05) is None
    assert time.monotonic() - started < 3
