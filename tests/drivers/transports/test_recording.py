from pathlib import Path

import pytest

from drivers.errors import DeviceError, DeviceReason
from drivers.transports.memory import memory_pair
from drivers.transports.recording import (
    Piece,
    RecordingTransport,
    ReplayTransport,
    read_recording,
)

CONVERSATION = [Piece(0, "sent", b"ask"), Piece(0.1, "heard", b"12"), Piece(0.2, "sent", b"bye")]


def test_what_goes_over_the_wire_is_kept_and_can_be_held_again(tmp_path: Path) -> None:
    wire, peer = memory_pair("printer")
    with (tmp_path / "kept").open("w") as file:
        recording = RecordingTransport(wire, file)
        recording.write(b"\x10\x04\x01", 1)
        peer.write(b"\x12", 1)
        assert recording.read(10, 1) == b"\x12"
        assert recording.read(10, 0) == b""
        recording.close()
    pieces = list(read_recording(tmp_path / "kept"))
    assert [(piece.way, piece.data) for piece in pieces] == [
        ("sent", b"\x10\x04\x01"),
        ("heard", b"\x12"),
    ]
    replay = ReplayTransport(pieces, "printer")
    assert replay.read(10, 0) == b""
    assert replay.write(b"\x10\x04\x01", 1) == 3
    assert replay.read(10, 0) == b"\x12"
    assert replay.is_over


def test_pieces_may_fall_otherwise() -> None:
    replay = ReplayTransport(CONVERSATION, "printer")
    assert [replay.write(b"a", 1), replay.write(b"sk", 1)] == [1, 2]
    assert [replay.read(1, 0), replay.read(9, 0)] == [b"1", b"2"]
    assert replay.write(b"bye", 1) == 3
    with pytest.raises(DeviceError) as over:
        replay.read(1, 0)
    assert over.value.reason is DeviceReason.DISCONNECTED


def test_a_driver_that_speaks_before_it_listens_still_hears_all() -> None:
    replay = ReplayTransport([*CONVERSATION, Piece(1, "heard", b"3")], "printer")
    assert replay.write(b"ask", 1) == 3
    assert replay.write(b"by", 1) == 2
    assert replay.read(9, 0) == b"12"
    assert replay.write(b"e", 1) == 1
    assert replay.read(9, 0) == b"3"


def test_a_driver_that_says_something_else_is_told_where() -> None:
    replay = ReplayTransport(CONVERSATION, "printer")
    replay.write(b"ask", 1)
    replay.read(9, 0)
    with pytest.raises(DeviceError) as other:
        replay.write(b"hey", 1)
    assert (other.value.reason, other.value.detail) == (DeviceReason.GARBLED, "piece 2")


def test_a_closed_replay_refuses_and_a_torn_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    replay = ReplayTransport(CONVERSATION, "printer")
    replay.close()
    with pytest.raises(DeviceError):
        replay.read(1, 0)
    (tmp_path / "torn").write_text('{"t": 0.1, "way": "sent", "data": "61"}\n{"t": 0.2, "wa')
    assert list(read_recording(tmp_path / "torn")) == [Piece(0.1, "sent", b"a")]
