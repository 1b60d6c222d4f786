"""Layout of codes across the paper: how large a QR code or barcode can be, and which does not fit at all. Pure."""

from collections.abc import Iterable, Iterator

from drivers.escpos.graphics import code128, raster
from drivers.slip import Align, Barcode, Block, Cut, Feed, QrCode, Text

BARCODE_MODULE_DOTS = (3, 2)
_MAX_MODULE_DOTS = 16
_MIN_MODULE_DOTS = 2


_LINES_APART = 4
"""Lines between two QR codes: a scanner that is held to one does not see the other."""


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


def apart(blocks: Iterable[Block], width: int) -> tuple[Block, ...]:
    """The blocks with no two QR codes close to each other on paper of `width` dots.

    A barcode that would become a QR code is text only where another code of the slip holds its data; else there is room
    between the codes.
    """
    return tuple(_with_room(_without_doubles(tuple(blocks), width), width))


def _without_doubles(blocks: tuple[Block, ...], width: int) -> Iterator[Block]:
    held = [block.data for block in blocks if isinstance(block, QrCode)]
    for block in blocks:
        if (
            isinstance(block, Barcode)
            and _is_qr(block, width)
            and any(block.data in d for d in held)
        ):
            yield Text(block.data, Align.CENTRE)
        else:
            yield block


def _with_room(blocks: Iterable[Block], width: int) -> Iterator[Block]:
    lines = _LINES_APART
    for block in blocks:
        if _is_qr(block, width):
            if lines < _LINES_APART:
                yield Feed(_LINES_APART - lines)
            # A barcode that became a QR code has its text below.
            lines = 1 if isinstance(block, Barcode) else 0
        else:
            lines += _lines(block)
        yield block


def _is_qr(block: Block, width: int) -> bool:
    """Whether the block is printed as a QR code."""
    if isinstance(block, Barcode):
        return bool(block.data) and not fitting_bars(block.data, width)
    return isinstance(block, QrCode) and bool(block.data)


def _lines(block: Block) -> int:
    """The lines that a block takes at least."""
    if isinstance(block, Feed):
        return block.lines
    if isinstance(block, Cut):
        return _LINES_APART
    return block.scale if isinstance(block, Text) else 1
