"""Layout of codes across the paper: how large a QR code or barcode can be, and which does not fit at all. Pure."""

from drivers.escpos.graphics import code128, raster
from drivers.slip import Barcode, Block, QrCode

BARCODE_MODULE_DOTS = (3, 2)
_MAX_MODULE_DOTS = 16
_MIN_MODULE_DOTS = 2


class UnprintableError(ValueError):
    """A code with so much data that it does not fit across the paper."""


def check(block: Block, width: int) -> None:
    """Raise `UnprintableError` where a code of `block` does not fit on `width` dots."""
    if isinstance(block, QrCode) and block.data:
        qr_dots(block.data, block.module_dots, width)
    if isinstance(block, Barcode) and block.data and not fitting_bars(block.data, width):
        qr_dots(block.data, BARCODE_MODULE_DOTS[0], width)


def qr_dots(data: str, module_dots: int, width: int) -> tuple[int, int]:
    """The modules of a QR code of `data`, and the dots of each that fit; raises `UnprintableError`."""
    modules = raster.qr_modules(data)
    room = width // (modules + 2 * raster.QUIET_MODULES) if modules else 0
    if not modules or room < _MIN_MODULE_DOTS:
        raise UnprintableError(f"QR code of {len(data)} characters")
    return modules, min(max(_MIN_MODULE_DOTS, module_dots), room, _MAX_MODULE_DOTS)


def fitting_bars(data: str, width: int) -> list[tuple[code128.Code128, int]]:
    """The encodings of `data` as Code 128 that fit, each with the dots of a module, the best first."""
    return [
        (encoded, dots)
        for encoded in (code128.compact(data), code128.code_b(data))
        for dots in BARCODE_MODULE_DOTS
        if encoded and encoded.modules * dots <= width
    ]
