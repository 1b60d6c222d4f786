"""A small hall hears of a few steps from both servers, and comes back."""

from pathlib import Path

import pytest

from benchmarks.fanout.bench import AT_ONCE, _server
from benchmarks.fanout.listeners import arriving, connected, frame_size, masked
from benchmarks.hall import write_hall


@pytest.mark.parametrize("length", [126, 4_000, 65_535])
def test_the_size_of_a_frame_is_read_from_its_head(length: int) -> None:
    frame = masked("x" * length)
    head = bytes((frame[0], frame[1] & 0x7F)) + frame[2:10]
    assert frame_size(head) == 4 + length
    assert frame_size(head[:3]) is None


def test_short_and_very_long_frames_have_their_size_too() -> None:
    assert frame_size(b"\x81\x05hello") == 7
    assert frame_size(b"\x81\x7f" + (100_000).to_bytes(8, "big")) == 100_010
    assert frame_size(b"\x81") is None


@pytest.mark.floor
def test_every_listener_gets_every_step_from_both(tmp_path: Path) -> None:
    hall = write_hall(tmp_path)
    with _server("hub", hall, tmp_path) as hub, _server("plain", hall, tmp_path) as plain:
        with arriving(hub.port, 3) as storm:
            assert storm.snapshot_bytes > 100
            assert hub.publish(AT_ONCE, storm.wires) > 0
            # What is announced is what is sent: nothing is left over.
            with pytest.raises(BlockingIOError):
                storm.wires[0].recv(1)
        with connected(plain.port, 3) as wires:
            assert plain.publish(AT_ONCE, wires) > 0
            with pytest.raises(BlockingIOError):
                wires[0].recv(1)
