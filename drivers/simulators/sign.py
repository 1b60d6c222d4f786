"""A simulated serial line of LED signs on a pseudo-terminal: reads frames, keeps what each sign shows.

Its decoder is written apart from the driver's encoder, from the protocol's description alone.
Not simulated: the speed of the line, blinking in the picture, brightness, loss of power.
"""

import json
import os
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import xor
from pathlib import Path
from threading import Event

from drivers.simulators.pseudo_terminal import pseudo_terminal, readable
from drivers.simulators.sign_picture import draw_sign

_LOOK_SECONDS = 0.1
_READ_BYTES = 4096
_LONGEST_FRAME = 80
_HISTORY = 50

_ENVELOPE = re.compile(rb"\x02([^\x02\x03]*)\x03")
_CONTENT = re.compile(rb"((\d\d)([SB])([ -~]*))([0-9A-F]{2})")


@dataclass(slots=True)
class ShownSign:
    """What one sign shows and what it showed."""

    text: str = ""
    blink: bool = False
    frames: int = 0
    history: deque[str] = field(default_factory=lambda: deque(maxlen=_HISTORY))


class SignLine:
    """All signs on one line, by address, and the frames that none of them understood."""

    def __init__(self) -> None:
        self.signs: dict[int, ShownSign] = {}
        self.bad_frames = 0
        self._rest = b""

    def take(self, data: bytes) -> list[int]:
        """Read bytes off the line; return the addresses whose signs got a frame, in order."""
        pending = self._rest + data
        addressed: list[int] = []
        end = 0
        for envelope in _ENVELOPE.finditer(pending):
            # A start sign before this one began a frame that never ended.
            self.bad_frames += pending.count(b"\x02", end, envelope.start())
            end = envelope.end()
            address = self._show(envelope.group(1))
            if address is None:
                self.bad_frames += 1
            else:
                addressed.append(address)
        self._keep(pending[end:])
        return addressed

    def _keep(self, rest: bytes) -> None:
        *broken, last = rest.split(b"\x02")
        self.bad_frames += max(0, len(broken) - 1)
        self._rest = b""
        if broken and len(last) > _LONGEST_FRAME:
            self.bad_frames += 1
        elif broken:
            self._rest = b"\x02" + last

    def _show(self, content: bytes) -> int | None:
        found = _CONTENT.fullmatch(content)
        if found is None or reduce(xor, found.group(1), 0) != int(found.group(5), 16):
            return None
        address = int(found.group(2))
        sign = self.signs.setdefault(address, ShownSign())
        sign.text = found.group(4).decode("ascii")
        sign.blink = found.group(3) == b"B"
        sign.frames += 1
        if not sign.history or sign.history[-1] != sign.text:
            sign.history.append(sign.text)
        return address


def serve_pty(path: Path, out: Path, stop: Event, on_ready: Callable[[], None]) -> None:
    """Be the signs at `path` until `stop`; `out` holds `sign.json` and `sign.png` of the sign addressed last,
    and the same for each address (`sign-01.json` …)."""
    out.mkdir(parents=True, exist_ok=True)
    signs = SignLine()
    with pseudo_terminal(path) as line:
        _record(out, "sign", ShownSign(), signs.bad_frames)
        on_ready()
        last = ShownSign()
        while not stop.is_set():
            if not readable(line, _LOOK_SECONDS):
                continue
            bad_before = signs.bad_frames
            addressed = signs.take(_received(line))
            for address in sorted(set(addressed)):
                _record(out, f"sign-{address:02d}", signs.signs[address], signs.bad_frames)
            if addressed:
                last = signs.signs[addressed[-1]]
            if addressed or signs.bad_frames != bad_before:
                _record(out, "sign", last, signs.bad_frames)


def _received(line: int) -> bytes:
    try:
        return os.read(line, _READ_BYTES)
    except BlockingIOError:
        return b""


def _record(out: Path, name: str, sign: ShownSign, bad_frames: int) -> None:
    picture = out / f".{name}.png"
    draw_sign(sign.text).save(picture, format="PNG")
    picture.replace(out / f"{name}.png")
    state = {
        "text": sign.text,
        "blink": sign.blink,
        "frames": sign.frames,
        "bad_frames": bad_frames,
        "history": list(sign.history),
    }
    # The state comes last: who waits for it finds the picture that belongs to it.
    file = out / f".{name}.json"
    file.write_text(json.dumps(state, ensure_ascii=False, indent=1), encoding="utf-8")
    file.replace(out / f"{name}.json")
