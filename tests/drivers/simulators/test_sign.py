import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from config.model.devices import LedSign as Settings
from config.model.devices import SerialPort
from drivers.led.framing import SignDecoder, encode
from drivers.protocols import CounterSign, SignState
from drivers.registry import open_sign
from drivers.simulators.sign import SignLine, serve_pty
from drivers.simulators.sign_picture import lit_dots


def opened(path: Path, address: int = 1) -> CounterSign:
    port = SerialPort(wire="serial", path=str(path))
    settings = Settings(kind="led-sign", port=port, address=address, counter=f"q{address}")
    return open_sign(settings, f"sign-{address}")


@contextmanager
def simulated(path: Path, out: Path) -> Iterator[None]:
    stop, ready = threading.Event(), threading.Event()
    thread = threading.Thread(target=serve_pty, args=(path, out, stop, ready.set))
    thread.start()
    try:
        assert ready.wait(5)
        yield
    finally:
        stop.set()
        started = time.monotonic()
        thread.join(5)
        assert time.monotonic() - started < 1
    assert not path.is_symlink()


def shown(file: Path) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return state


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "the sign did not show it"
        threading.Event().wait(0.005)


def test_a_sign_shows_what_the_driver_sends_and_remembers_what_it_showed(tmp_path: Path) -> None:
    state = tmp_path / "out" / "sign.json"
    with simulated(tmp_path / "tty", tmp_path / "out"):
        assert shown(state)["text"] == ""
        sign = opened(tmp_path / "tty")
        sign.show(SignState("A-042", blink=True))
        wait_for(lambda: shown(state)["blink"])
        sign.show(SignState("A-042"))
        sign.show(SignState("Tạm dừng"))
        wait_for(lambda: shown(state)["frames"] == 3)
        assert shown(state) == {
            "text": "TAM DUNG",
            "blink": False,
            "frames": 3,
            "bad_frames": 0,
            "history": ["A-042", "TAM DUNG"],
        }
        sign.close()


def test_several_signs_share_a_line_and_keep_apart(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with simulated(tmp_path / "tty", out):
        for address, text in ((1, "A-042"), (22, "B-007")):
            sign = opened(tmp_path / "tty", address)
            sign.show(SignState(text))
            sign.close()
        wait_for(lambda: shown(out / "sign.json")["text"] == "B-007")
        assert shown(out / "sign-01.json")["text"] == "A-042"
        assert shown(out / "sign-22.json")["text"] == "B-007"


def test_the_picture_is_a_panel_of_which_the_letters_dots_are_lit(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with simulated(tmp_path / "tty", out):
        sign = opened(tmp_path / "tty")
        sign.show(SignState("A-042"))
        wait_for(lambda: shown(out / "sign.json")["frames"] == 1)
        sign.close()
    lit = set()
    with Image.open(out / "sign.png") as picture:
        cell = picture.height // 11
        for column in range(47):
            for row in range(7):
                middle = ((column + 2) * cell + cell // 2, (row + 2) * cell + cell // 2)
                red = picture.getpixel(middle)
                assert isinstance(red, tuple)
                if red[0] > 200:
                    lit.add((column, row))
    assert lit == lit_dots("A-042")
    assert {(4 + dx, 3) for dx in (3, 4, 5)} <= lit


def test_letters_are_told_apart() -> None:
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.,:/!?()'+ "
    assert len({frozenset(lit_dots(letter)) for letter in letters}) == len(letters)
    assert lit_dots("~") not in [lit_dots(letter) for letter in letters]


def test_broken_frames_are_counted_and_change_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with simulated(tmp_path / "tty", out):
        line = os.open(tmp_path / "tty", os.O_RDWR | os.O_NOCTTY)
        os.write(line, b"\xffhum" + encode(1, SignState("A-042"), 8) + b"\x0201SA-043FF\x03")
        wait_for(lambda: shown(out / "sign.json")["bad_frames"] == 1)
        assert shown(out / "sign.json")["text"] == "A-042"
        os.close(line)


@pytest.mark.parametrize(
    ("sent", "bad"),
    [
        (b"\x03 noise", 0),
        (b"\x0201SA-0", 1),
        (b"\x0201SA-04200\x03", 1),
        (b"\x02\x02\x02", 3),
        (b"\x02" + b"9" * 500, 1),
    ],
)
def test_the_signs_find_their_place_again_after_noise(sent: bytes, bad: int) -> None:
    good = encode(3, SignState("B-113", blink=True), 8)
    whole, bytewise = SignLine(), SignLine()
    assert whole.take(sent + good) == [3]
    assert [address for byte in sent + good for address in bytewise.take(bytes([byte]))] == [3]
    for line in (whole, bytewise):
        assert (line.signs[3].text, line.signs[3].blink) == ("B-113", True)
        assert line.bad_frames == bad


def test_history_and_memory_stay_small() -> None:
    line = SignLine()
    for number in range(200):
        line.take(encode(1, SignState(f"A-{number:03d}"), 8))
    line.take(b"\x02" + b"9" * 100_000)
    assert list(line.signs[1].history) == [f"A-{number:03d}" for number in range(150, 200)]
    assert len(line._rest) < 100


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=20),
            st.builds(
                lambda address, text, blink: encode(address, SignState(text, blink), 8),
                st.integers(1, 99),
                st.text("ABC0123456789- ", max_size=8),
                st.booleans(),
            ),
        ),
        max_size=8,
    )
)
def test_simulator_and_driver_read_any_stream_alike(parts: list[bytes]) -> None:
    stream = b"".join(parts)
    line, decoder = SignLine(), SignDecoder()
    frames = decoder.feed(stream)
    assert line.take(stream) == [frame.address for frame in frames]
    for frame in frames:
        assert frame.state.text in line.signs[frame.address].history
