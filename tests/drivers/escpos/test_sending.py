import logging
import time

import pytest

from drivers.errors import DeviceError, DeviceReason
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.sending import joined, send, send_bands
from drivers.transports.memory import memory_pair

PAPER_END = b"\x18\x00\x0f\x0f"


class Narrow:
    """A wire with room for some bytes, which then is full, or breaks."""

    def __init__(self, wire, room: int, *, breaks: bool = False) -> None:
        self._wire = wire
        self._room = room
        self._breaks = breaks

    def read(self, size: int, deadline: float) -> bytes:
        return self._wire.read(size, deadline)

    def write(self, data: bytes, deadline: float) -> int:
        sent = min(self._room, len(data))
        self._room -= sent
        if sent < len(data):
            if self._breaks and not sent:
                raise DeviceError(DeviceReason.DISCONNECTED, "p")
            self._wire.read(1, deadline)
        return sent

    def close(self) -> None:
        self._wire.close()


@pytest.fixture
def wire():
    ours, theirs = memory_pair("p")
    yield ours, theirs
    ours.close()


def _send(wire, data: bytes, seconds: float) -> int:
    return send(wire, BackChannel(wire, logging.getLogger("device.p")), data, seconds)


def test_what_finds_room_is_sent_at_once_and_answers_are_left_for_the_proof(wire) -> None:
    ours, theirs = wire
    theirs.write(b"\x00", 1.0)
    assert _send(ours, b"x" * 100, 5.0) == 100
    assert ours.read(1, 0.0) == b"\x00"


def test_a_printer_that_reported_that_it_stopped_is_not_waited_for(wire) -> None:
    ours, theirs = wire
    theirs.write(b"?" + PAPER_END, 1.0)
    begun = time.monotonic()
    assert _send(Narrow(ours, 10), b"x" * 100, 60.0) == 10
    assert time.monotonic() - begun < 5.0


def test_a_full_wire_ends_by_its_timeout(wire) -> None:
    ours, _theirs = wire
    assert _send(Narrow(ours, 10), b"x" * 100, 0.3) == 10


def test_a_wire_that_breaks_within_a_job_has_taken_a_part_and_one_before_it_nothing(wire) -> None:
    ours, _theirs = wire
    assert _send(Narrow(ours, 10, breaks=True), b"x" * 100, 1.0) == 10
    with pytest.raises(DeviceError):
        _send(Narrow(ours, 0, breaks=True), b"x" * 100, 1.0)


@pytest.mark.parametrize(
    ("bands", "pieces"), [([], [b"<>"]), ([b"1"], [b"<1>"]), ([b"1", b"2", b"3"], [b"<1", b"2", b"3>"])]
)  # fmt: skip
def test_what_stands_around_a_job_goes_with_its_first_and_last_band(bands, pieces) -> None:
    assert list(joined(b"<", iter(bands), b">")) == pieces


def test_a_band_is_made_when_those_before_it_have_left(wire) -> None:
    ours, _theirs = wire
    narrow, made = Narrow(ours, 25), list[int]()

    def bands():
        for number in range(5):
            made.append(number)
            yield b"x" * 10

    back = BackChannel(narrow, logging.getLogger("device.p"))
    assert send_bands(narrow, back, bands(), lambda _count: 0.3) == (25, 30)
    assert made == [0, 1, 2]


def test_a_wire_that_breaks_in_a_later_band_has_taken_a_part(wire) -> None:
    ours, _theirs = wire
    for room, expected in ((10, (10, 20)), (13, (13, 20))):
        narrow = Narrow(ours, room, breaks=True)
        back = BackChannel(narrow, logging.getLogger("device.p"))
        assert send_bands(narrow, back, iter([b"x" * 10] * 3), lambda _count: 0.3) == expected
    narrow = Narrow(ours, 0, breaks=True)
    with pytest.raises(DeviceError):
        send_bands(narrow, BackChannel(narrow, logging.getLogger("device.p")), iter([b"x"]), float)
