"""A simulated serial line of LED signs on a pseudo-terminal, for any family: keeps and draws what each sign shows.

Not simulated: the speed of the line, blinking in the picture, brightness, loss of power.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from threading import Event

from drivers.simulators.pseudo_terminal import pseudo_terminal, readable
from drivers.simulators.signs.line import ShownSign, SignLine
from drivers.simulators.signs.picture import draw_sign

_LOOK_SECONDS = 0.1
_READ_BYTES = 4096


def serve_pty(
    path: Path, out: Path, stop: Event, on_ready: Callable[[], None], signs: SignLine
) -> None:
    """Simulate the signs at `path` until `stop`; `out` holds `sign.json` and `sign.png` of the sign addressed last,
    and the same for each address (`sign-01.json` …)."""
    out.mkdir(parents=True, exist_ok=True)
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
    # The state is written last: a reader that waits for it finds the picture that belongs to it.
    file = out / f".{name}.json"
    file.write_text(json.dumps(state, ensure_ascii=False, indent=1), encoding="utf-8")
    file.replace(out / f"{name}.json")
