"""The commands behind GS: size, pictures, codes, cut and answers."""

from collections.abc import Iterable

from drivers.simulators.printer.operations import (
    Answer,
    AnswerPaper,
    Cut,
    Operation,
    PrintCode128,
    PrintQr,
    PrintRaster,
    ReportChanges,
)
from drivers.simulators.printer.settings import Command, Parameters, Settings, ignore

_QR = 0x31
_CODE128 = 73
_CORRECTIONS = {48: "L", 49: "M", 50: "Q", 51: "H"}


def _size(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    value = parameters.byte()
    settings.width, settings.height = (value >> 4 & 7) + 1, (value & 7) + 1
    return []


def _reverse(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    settings.reversed = bool(parameters.byte() & 1)
    return []


def _bar_height(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    settings.bar_height = max(1, parameters.byte())
    return []


def _bar_module(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    settings.bar_module = min(max(1, parameters.byte()), 6)
    return []


def _bar_text(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    settings.bar_text = parameters.byte() & 0x0F
    return []


def _raster(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS v 0: modes 1, 2, 3 double the width, the height, both."""
    _, mode = parameters.take(2)
    width_bytes, rows = parameters.word(), parameters.word()
    data = parameters.take(width_bytes * rows)
    yield from settings.end_started_line()
    if data:
        yield PrintRaster(width_bytes, data, settings.position, 1 + (mode & 1), 1 + (mode >> 1 & 1))


def _barcode(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS k in both its forms; only Code 128 is drawn."""
    kind = parameters.byte()
    payload = parameters.until(0) if kind < 0x20 else parameters.take(parameters.byte())
    if kind != _CODE128:
        return
    yield from settings.end_started_line()
    yield PrintCode128(
        payload, settings.bar_height, settings.bar_module, settings.bar_text, settings.position
    )


def _cut(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS V: functions B and C feed to the cutter and further dots first."""
    kind = parameters.byte()
    dots = parameters.byte() if kind in {65, 66, 97, 98, 103, 104} else 0
    yield from settings.end_started_line()
    if dots:
        yield from settings.end_line(dots)
    yield Cut()


def _automatic_status(_: Settings, parameters: Parameters) -> Iterable[Operation]:
    return [ReportChanges(parameters.byte() != 0)]


def _queued_status(_: Settings, parameters: Parameters) -> Iterable[Operation]:
    kind = parameters.byte() & 0x0F
    return [AnswerPaper()] if kind == 1 else [Answer(b"\x00")] if kind == 2 else []


def _functions(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS ( x: counted parameters; k (two-dimensional codes) and H (process identity) are known."""
    name = parameters.byte()
    body = parameters.take(parameters.word())
    if name == ord("k") and body[:1] == bytes((_QR,)) and len(body) > 2:
        yield from _qr(settings, body[1], body[2:])
    elif name == ord("H") and body[:2] == b"00" and len(body) == 6:
        yield Answer(b"\x37\x22" + body[2:] + b"\x00")


def _qr(settings: Settings, function: int, values: bytes) -> Iterable[Operation]:
    match function:
        case 67:
            settings.qr_module = min(max(1, values[0]), 16)
        case 69:
            settings.qr_correction = _CORRECTIONS.get(values[0], settings.qr_correction)
        case 80:
            settings.qr_data = values[1:]
        case 81 if settings.qr_data:
            yield from settings.end_started_line()
            yield PrintQr(
                settings.qr_data, settings.qr_module, settings.qr_correction, settings.position
            )


def _data_picture(_: Settings, parameters: Parameters) -> Iterable[Operation]:
    parameters.take(parameters.byte() * parameters.byte() * 8)
    return []


SYMBOL_COMMANDS: dict[bytes, Command] = {
    b"\x1d!": _size,
    b"\x1dB": _reverse,
    b"\x1dh": _bar_height,
    b"\x1dw": _bar_module,
    b"\x1dH": _bar_text,
    b"\x1dv": _raster,
    b"\x1dk": _barcode,
    b"\x1dV": _cut,
    b"\x1da": _automatic_status,
    b"\x1dr": _queued_status,
    b"\x1d(": _functions,
    b"\x1d*": _data_picture,
    b"\x1d:": ignore(0),
    b"\x1dc": ignore(0),
    **{b"\x1d" + name: ignore(1) for name in (b"/", b"I", b"T", b"b", b"f", b"g", b"j", b"x")},
    **{b"\x1d" + name: ignore(2) for name in (b"$", b"\\", b"L", b"P", b"W")},
    b"\x1d^": ignore(3),
}
