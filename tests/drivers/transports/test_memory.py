import threading

import pytest

from drivers.errors import DeviceError
from drivers.transports.memory import memory_pair


def test_a_writer_waits_for_room_and_goes_on() -> None:
    near, far = memory_pair("box")
    data = bytes(range(256)) * 100
    heard = bytearray()

    def reader() -> None:
        while len(heard) < len(data):
            heard.extend(far.read(100, 5))

    thread = threading.Thread(target=reader)
    thread.start()
    assert near.write(data, 10) == len(data)
    thread.join(10)
    assert bytes(heard) == data


def test_bytes_under_way_are_read_before_the_loss_is_told() -> None:
    near, far = memory_pair("box")
    far.write(b"paper out", 1)
    far.close()
    assert near.read(5, 1) == b"paper"
    assert near.read(50, 1) == b" out"
    with pytest.raises(DeviceError):
        near.read(1, 1)


def test_a_writer_in_waiting_learns_that_the_reader_left() -> None:
    near, far = memory_pair("box")
    assert near.write(bytes(5000), 0.05) == 4096
    leaving = threading.Timer(0.05, far.close)
    leaving.start()
    with pytest.raises(DeviceError):
        near.write(b"x", 10)
    leaving.join()
