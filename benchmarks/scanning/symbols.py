"""Draws codes by encoders that share nothing with what reads them: `qrcode` and python-barcode."""

from typing import Any, Final

import numpy as np
from barcode.codex import Code128
from numpy.random import Generator
from numpy.typing import NDArray
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from qrcode.main import QRCode

Picture = NDArray[np.uint8]

QR_QUIET: Final = 4
LINEAR_QUIET: Final = 10
_LINEAR_HEIGHT: Final = (28, 50)
_LEVELS: Final = (ERROR_CORRECT_L, ERROR_CORRECT_M)


def qr(text: str, chance: Generator) -> Picture:
    """One pixel a module, quiet zone included; UTF-8 bytes that no ECI announces, as identity cards carry them."""
    symbol: Any = QRCode(
        error_correction=_LEVELS[chance.integers(len(_LEVELS))],
        border=QR_QUIET,
        mask_pattern=int(
            chance.integers(8)
        ),  # choosing the best of the eight costs most of the time
    )
    symbol.add_data(text.encode(), optimize=0)
    symbol.make()
    return _black_on_white(symbol.get_matrix())


def code128(text: str, chance: Generator) -> Picture:
    """One pixel a module wide, quiet zones included."""
    bars = [digit == "1" for digit in Code128(text).build()[0]]
    row = _black_on_white([[False] * LINEAR_QUIET + bars + [False] * LINEAR_QUIET])
    tall = np.repeat(row, int(chance.integers(*_LINEAR_HEIGHT)), axis=0)
    return np.pad(tall, ((3, 3), (0, 0)), constant_values=255)


def _black_on_white(modules: Any) -> Picture:
    return np.where(np.array(modules, bool), 0, 255).astype(np.uint8)
