import time

import pytest

from config.model.devices import EvdevScanner, SerialPort
from config.model.devices import SerialScanner as Settings
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Alike, Appraisal, Health, Scan, Transport
from drivers.scanners.framed_scanner import IDLE_GAP_OF_KEYS, FramedScanner
from drivers.scanners.keys import EV_KEY, EVENT, PRESSED, RELEASED, KeyDecoder, events_of
from drivers.transports.memory import memory_pair
from service_floor.dossiers.worth import appraisal

SETTINGS = Settings(kind="serial-scanner", port=SerialPort(wire="serial", path="/dev/ttyACM0"))


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class _Keys:
    """The keys of an event node as the characters that they type."""

    def __init__(self, node: Transport) -> None:
        self._node, self._decoder = node, KeyDecoder()
        self.write, self.close = node.write, node.close

    def read(self, size: int, deadline: float) -> bytes:
        return self._decoder.feed(self._node.read(size, deadline))


def opened(
    clock: Clock | None = None, appraise: Appraisal = Alike
) -> tuple[FramedScanner, Transport]:
    near, far = memory_pair("scanner")
    return FramedScanner(near, SETTINGS, "scanner", appraise=appraise, clock=clock or Clock()), far


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


def test_codes_of_one_paper_in_turn_are_one_scan_each() -> None:
    scanner, gun = opened()
    gun.write(b"A\rB\rA\rB\rA\r", 1)
    assert [scanner.read(1), scanner.read(1), scanner.read(0.01)] == [Scan("A"), Scan("B"), None]


def test_a_lesser_code_waits_for_the_better_one_and_is_dropped() -> None:
    clock = Clock()
    scanner, gun = opened(clock, appraisal(()))
    gun.write(b"https://zalo.me/1\r", 1)
    assert scanner.read(0.01) is None
    gun.write(b"H56.14-240823-0001\rhttps://zalo.me/1\r", 1)
    assert scanner.read(1) == Scan("H56.14-240823-0001")
    assert scanner.read(0.01) is None
    clock.now += 3
    gun.write(b"A042\r", 1)
    assert scanner.read(0.01) is None
    clock.now += 0.4
    assert scanner.read(1) == Scan("A042")


def test_a_bad_byte_in_a_name_leaves_the_card_and_the_dossier() -> None:
    scanner, gun = opened(appraise=appraisal(()))
    gun.write(b"H56.14-240823-0001|Nguy\xeen\r", 1)
    assert scanner.read(1) == Scan("H56.14-240823-0001|Nguy\ufffdn")
    gun.write(b"A04\xee2\r", 1)
    with pytest.raises(DeviceError):
        scanner.read(1)


@pytest.mark.parametrize("key", [60, 76, 108, 115, 86])
def test_a_lone_key_after_enter_is_not_a_code(key: int) -> None:
    near, far = memory_pair("scanner")
    settings = EvdevScanner(kind="evdev-scanner", path="/dev/input/event0")
    scanner = FramedScanner(_Keys(near), settings, "scanner")
    stroke = EVENT.pack(0, 0, EV_KEY, key, PRESSED) + EVENT.pack(0, 0, EV_KEY, key, RELEASED)
    far.write(events_of("H56.14-240823-0001\r") + stroke, 1)
    assert scanner.read(1) == Scan("H56.14-240823-0001")
    assert scanner.read(IDLE_GAP_OF_KEYS + 0.05) is None


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
