"""Adapter of python-escpos: its encoder for standard commands, and the only module that imports the library.

The encoder is imported without `escpos.capabilities`, which calls `logging.basicConfig`, writes a pickle into a new
temporary folder and takes 0.4 s of CPU. An empty stand-in takes its place during the import, since only the library's
text encoder, which is not used here, reads the database. Import this module when a printer is opened, not before.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from types import ModuleType, SimpleNamespace
from typing import Final

from PIL import Image

_CAPABILITIES: Final = "escpos.capabilities"


@contextmanager
def _without_capabilities() -> Iterator[None]:
    """Let `escpos.escpos` be imported without the side effects of `escpos.capabilities`."""
    stand_in = ModuleType(_CAPABILITIES)
    vars(stand_in).update(CAPABILITIES={"encodings": {}}, get_profile=lambda profile: profile)
    if sys.modules.setdefault(_CAPABILITIES, stand_in) is not stand_in:
        yield  # already imported by other code of this process
        return
    try:
        yield
    finally:
        del sys.modules[_CAPABILITIES]


with _without_capabilities():
    from escpos.constants import BARCODE_FONT_A, QR_ECLEVEL_M
    from escpos.escpos import Escpos

# No facts about a printer: checks against the paper width are ours.
_NO_PROFILE: Final = SimpleNamespace(profile_data={}, get_code_pages=dict)
_ALIGNMENTS: Final = ("left", "center", "right")


class _Recorder(Escpos):
    """A printer of python-escpos that keeps the bytes instead of sending them."""

    def __init__(self) -> None:
        super().__init__(profile=_NO_PROFILE)
        self._parts: list[bytes] = []

    @property
    def output(self) -> bytes:
        """The bytes of all commands, without GS f: the text of a bar code keeps the printer's own font."""
        return b"".join(part for part in self._parts if part != BARCODE_FONT_A)

    def _raw(self, msg: bytes) -> None:
        self._parts.append(msg)

    def close(self) -> None:
        """Do nothing: a recorder has no connection."""

    def hardware_barcode(self, payload: str, height_dots: int, module_dots: int) -> None:
        """Record GS k 73; the public `barcode` prints a line to stdout."""
        self._hw_barcode(
            payload,
            "CODE128",
            height=height_dots,
            width=module_dots,
            pos="BELOW",
            align_ct=False,
            function_type="B",
            check=False,
        )


@cache
def justify(position: int) -> bytes:
    """ESC a: 0 left, 1 centre, 2 right; obeyed at the beginning of a line."""
    recorder = _Recorder()
    recorder.set(align=_ALIGNMENTS[position])
    return recorder.output


@cache
def emphasize(state: bool) -> bytes:
    """ESC E: bold letters on or off."""
    recorder = _Recorder()
    recorder.set(bold=state)
    return recorder.output


@cache
def character_size(scale: int) -> bytes:
    """GS !: letters `scale` (1..8) times as wide and as high."""
    recorder = _Recorder()
    recorder.set(custom_size=True, width=scale, height=scale)
    return recorder.output


def qr_code(data: str, module_dots: int) -> bytes:
    """GS ( k, functions 165, 167, 169, 180, 181: QR code, model 2, error correction M; `module_dots` is 1..16."""
    recorder = _Recorder()
    recorder.qr(data, ec=QR_ECLEVEL_M, size=module_dots, native=True)
    return recorder.output


def code128(payload: bytes, height_dots: int, module_dots: int) -> bytes:
    """GS h, GS w, GS H 2, GS k 73: Code 128 barcode with its text below, in the printer's own font for it."""
    recorder = _Recorder()
    recorder.hardware_barcode(payload.decode("ascii"), height_dots, module_dots)
    return recorder.output


def raster(width_bytes: int, rows: int, dots: bytes) -> bytes:
    """GS v 0: print a picture, a bit for a dot, at full resolution."""
    return _raster_head(width_bytes, rows) + dots


@lru_cache(maxsize=1024)
def _raster_head(width_bytes: int, rows: int) -> bytes:
    """The command without its dots, taken from a blank picture of this size.

    The library converts each picture through RGBA and a dithering: 260 µs for a line of text, where `dots` takes 70.
    """
    blank = Image.new("L", (width_bytes * 8, rows), 255)
    recorder = _Recorder()
    recorder.image(blank, fragment_height=rows)
    return recorder.output[: -width_bytes * rows]
