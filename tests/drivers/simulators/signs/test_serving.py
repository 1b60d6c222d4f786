import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from config.model.devices import LedSign as Settings
from config.model.devices import SerialPort
from drivers.protocols import CounterSign, SignState
from drivers.registry import open_sign
from drivers.signs.led_sign import encode
from drivers.simulators.signs.led_sign import LedSignLine
from drivers.simulators.signs.picture import lit_dots
from drivers.simulators.signs.serving import serve_pty


def opened(path: Path, address: int = 1) -> CounterSign:
    port = SerialPort(wire="serial", path=str(path))
    settings = Settings(kind="led-sign", port=port, address=address, counter=f"q{address}")
    return open_sign(settings, f"sign-{address}")


@contextmanager
def simulated(path: Path, out: Path) -> Iterator[None]:
    stop, ready = threading.Event(), threading.Event()
    thread = threading.Thread(target=serve_pty, args=(path, out, stop, ready.set, LedSignLine()))
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
