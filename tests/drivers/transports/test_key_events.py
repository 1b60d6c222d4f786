import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.errors import DeviceError, DeviceReason
from drivers.scanners.keys import events_of
from drivers.transports.key_events import KeyEvents


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Two interfaces of one scanner, as pipes: like event nodes they give whole events and end when unplugged."""
    paths = [tmp_path / f"gun-event-kbd{n}" for n in (0, 1)]
    for path in paths:
        os.mkfifo(path)
    ends = [os.open(path, os.O_RDWR) for path in paths]
    yield ends[0], ends[1]
    for end in ends:
        os.close(end)


def opened(tmp_path: Path) -> KeyEvents:
    return KeyEvents(str(tmp_path / "gun-*"), grab=False, device="gun")


def test_every_node_of_the_scanner_is_heard(tmp_path: Path, nodes: tuple[int, int]) -> None:
    keys = opened(tmp_path)
    for node, text in zip(nodes, ("A-1", "B-2"), strict=True):
        os.write(node, events_of(text + "\r"))
        assert keys.read(4096, 5) == text.encode() + b"\r"
    keys.close()


def test_silence_ends_at_the_deadline(tmp_path: Path, nodes: tuple[int, int]) -> None:
    keys = opened(tmp_path)
    assert keys.read(4096, 0.02) == b""
    keys.close()


def test_a_scanner_that_is_unplugged_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "gun-event-kbd"
    os.mkfifo(path)
    plug = os.open(path, os.O_RDWR)
    keys = opened(tmp_path)
    os.close(plug)
    with pytest.raises(DeviceError) as lost:
        keys.read(4096, 5)
    assert lost.value.reason is DeviceReason.DISCONNECTED
    keys.close()


def test_a_scanner_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeviceError) as missing:
        opened(tmp_path)
    assert missing.value.reason is DeviceReason.NOT_FOUND


@pytest.mark.usefixtures("nodes")
def test_what_is_no_keyboard_cannot_be_kept_from_the_desktop(tmp_path: Path) -> None:
    before = set(os.listdir("/proc/self/fd"))
    with pytest.raises(DeviceError) as wrong:
        KeyEvents(str(tmp_path / "gun-*"), grab=True, device="gun")
    assert wrong.value.reason is DeviceReason.FAULT
    assert len(os.listdir("/proc/self/fd")) == len(before)


@pytest.mark.usefixtures("nodes")
def test_nothing_can_be_told_to_a_keyboard_and_a_closed_one_is_gone(tmp_path: Path) -> None:
    keys = opened(tmp_path)
    with pytest.raises(DeviceError):
        keys.write(b"beep", 1)
    keys.close()
    keys.close()
    with pytest.raises(DeviceError):
        keys.read(1, 0)
