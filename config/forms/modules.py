"""Bar code (Code 128) and QR code as rows of modules, for templates to draw."""

from typing import Any, Final

from barcode.codex import Code128
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

_LONGEST_BARCODE: Final = 40
_BARCODE_QUIET: Final = 10
"""Empty modules before and behind (ISO/IEC 15417)."""
_QR_QUIET: Final = 4
"""Empty modules around it (ISO/IEC 18004)."""
_DARK: Final = 0
_LIGHT: Final = 255

Modules = dict[str, Any]
"""Width, height, and a grey value for each module, row by row."""


def barcode_modules(text: str) -> Modules | None:
    """One row of bars; None for a text that Code 128 does not carry, or that is too long to be read across a page."""
    if not text or len(text) > _LONGEST_BARCODE or not all(" " <= each <= "~" for each in text):
        return None
    quiet = "0" * _BARCODE_QUIET
    bars = f"{quiet}{Code128(text).build()[0]}{quiet}"
    return _modules([[bar == "1" for bar in bars]])


def qr_modules(text: str) -> Modules | None:
    """The square of a QR code; None without a text."""
    if not text:
        return None
    code: Any = QRCode(error_correction=ERROR_CORRECT_M, border=_QR_QUIET)
    code.add_data(text)
    code.make()
    return _modules(code.get_matrix())


def _modules(rows: list[list[bool]]) -> Modules:
    pixels = [_DARK if dark else _LIGHT for row in rows for dark in row]
    return {"width": len(rows[0]), "height": len(rows), "pixels": pixels}
