"""Rasterizer of the codes that the simulated printer makes itself: QR and Code 128."""

from dataclasses import dataclass
from typing import Any

from barcode.charsets import code128
from PIL import Image
from qrcode import constants
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode

from drivers.simulators.printer.mechanics.glyphs import INK, PAPER

_CORRECTION = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}
_SETS = {ord("A"): "A", ord("B"): "B", ord("C"): "C"}
_SWITCH = {"A": 101, "B": 100, "C": 99}
_BRACE = ord("{")


@dataclass(frozen=True, slots=True)
class Symbols:
    """A Code 128 symbol: its values from start to check, and the text it carries."""

    values: tuple[int, ...]
    text: str


def qr(data: bytes, module_dots: int, correction: str) -> Image.Image | None:
    """Draw a QR code without quiet zone, None where the data is too much."""
    code: Any = QRCode(error_correction=_CORRECTION[correction], border=0)
    code.add_data(data)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        return None
    return _blocks([[bool(dark) for dark in row] for row in code.get_matrix()], module_dots)


def code128_symbols(payload: bytes) -> Symbols | None:
    """Understand the data of GS k 73, None where it names no code set or has bytes outside it."""
    values: list[int] = []
    text, active, at = "", "", 0
    while at < len(payload):
        byte = payload[at]
        if byte == _BRACE and payload[at + 1 : at + 2] not in {b"{", b""}:
            chosen = _SETS.get(payload[at + 1])
            if chosen is None:
                return None
            values.append(_SWITCH[chosen] if active else code128.START_CODES[chosen])
            active, at = chosen, at + 2
            continue
        value = _value(byte, active)
        if value is None:
            return None
        values.append(value)
        text += f"{byte:02d}" if active == "C" else chr(byte)
        at += 2 if byte == _BRACE and active != "C" else 1
    if not text:
        return None
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    return Symbols((*values, check), text)


def bars(symbols: Symbols, module_dots: int, height_dots: int) -> Image.Image:
    """Draw the bars without quiet zones."""
    pattern = "".join(code128.CODES[value] for value in symbols.values) + code128.STOP + "11"
    row = _blocks([[module == "1" for module in pattern]], module_dots)
    return row.resize((row.width, height_dots), Image.Resampling.NEAREST)


def _value(byte: int, active: str) -> int | None:
    if active == "C":
        return byte if byte <= 99 else None
    if active == "A" and byte < 0x20:
        return byte + 64
    highest = 0x5F if active == "A" else 0x7F
    return byte - 32 if active and 0x20 <= byte <= highest else None


def _blocks(rows: list[list[bool]], dots: int) -> Image.Image:
    image = Image.new("L", (len(rows[0]), len(rows)))
    image.putdata([INK if dark else PAPER for row in rows for dark in row])
    size = (image.width * dots, image.height * dots)
    return image.resize(size, Image.Resampling.NEAREST)
