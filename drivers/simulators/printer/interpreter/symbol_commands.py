"""Handlers of GS commands: size, pictures, codes, cut and answers."""

from collections.abc import Iterable
from typing import Literal

from drivers.simulators.printer.interpreter.graphics_commands import graphics, large_graphics
from drivers.simulators.printer.interpreter.operations import (
    Answer,
    AnswerEjector,
    AnswerIdentity,
    AnswerPaper,
    CutPaper,
    FeedToCutter,
    MoveTicket,
    Operation,
    PrintCode128,
    PrintQr,
    ReportChanges,
    Unknown,
)
from drivers.simulators.printer.interpreter.settings import (
    DOTS_PER_INCH,
    Command,
    Parameters,
    RasterUnderWay,
    Settings,
    ignore,
)

_FEEDING_CUTS = frozenset({65, 66, 97, 98, 103, 104})
_FULL_CUTS = frozenset({0, 48, 65, 97, 103})
_PRESENT, _ASK_EJECTOR, _PRESENT_FOR = 3, 6, 32
_EJECTOR_MODES = frozenset({1, 18, 20})
_EJECTOR: dict[int, Literal["present", "eject", "retract"]] = {
    2: "retract",
    3: "present",
    5: "eject",
    32: "present",
}
_QR = 0x31
_CODE128 = 73
_MOST_CODE_BYTES = 255
_NUMBERS = {1: b"\x20", 2: b"\x02", 3: b"\x01", 49: b"\x20", 50: b"\x02", 51: b"\x01"}
_NAMES = {65: b"1.0", 66: b"CENTER FLOOR", 67: b"SIMULATED", 68: b"SIM-0001"}
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
    if width_bytes and rows:
        settings.raster = RasterUnderWay(width_bytes, rows, 1 + (mode & 1), 1 + (mode >> 1 & 1))
    yield from settings.end_started_line()


def _barcode(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS k in both its forms; only Code 128 is drawn."""
    kind = parameters.byte()
    payload = (
        parameters.until(0, _MOST_CODE_BYTES) if kind < 0x20 else parameters.take(parameters.byte())
    )
    if kind != _CODE128:
        yield Unknown(f"1d 6b {kind:02x}")
        return
    yield from settings.end_started_line()
    yield PrintCode128(
        payload,
        settings.bar_height,
        settings.bar_module,
        settings.bar_text,
        settings.position,
        settings.left,
    )


def _cut(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS V: functions B and D feed to the cutter and further units first, as C does in this printer."""
    kind = parameters.byte()
    units = parameters.byte() if kind in _FEEDING_CUTS else 0
    if settings.line and settings.firmware.cuts_at_line_start:
        yield Unknown(f"1d 56 {kind:02x} within a line")
        return
    yield from settings.end_started_line()
    if kind in _FEEDING_CUTS:
        yield FeedToCutter(settings.down(units))
    yield CutPaper(kind in _FULL_CUTS)


def _motion_units(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS P: units of 1/x and 1/y inch, 0 for those of the firmware."""
    across, down = parameters.take(2)
    settings.across_unit = DOTS_PER_INCH / across if across else 1.0
    settings.down_unit = DOTS_PER_INCH / down if down else settings.firmware.rows_per_unit
    return []


def _ejector(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS e, as Custom and Pyramid have it: 2 retracts, 3 presents, 5 ejects, 6 asks, 32 presents for some seconds."""
    kind = parameters.byte()
    if kind == _PRESENT:
        parameters.byte()
    seconds = parameters.take(2)[1] if kind == _PRESENT_FOR else 0
    if settings.firmware.has_presenter and kind in _EJECTOR_MODES:
        return []
    if settings.firmware.has_presenter and kind == _ASK_EJECTOR:
        return [AnswerEjector()]
    if not settings.firmware.has_presenter or kind not in _EJECTOR:
        return [Unknown(f"1d 65 {kind:02x}")]
    return [*settings.end_started_line(), MoveTicket(_EJECTOR[kind], seconds)]


def _automatic_status(_: Settings, parameters: Parameters) -> Iterable[Operation]:
    return [ReportChanges(parameters.byte())]


def _queued_status(_: Settings, parameters: Parameters) -> Iterable[Operation]:
    kind = parameters.byte() & 0x0F
    return [AnswerPaper()] if kind == 1 else [Answer(b"\x00")] if kind == 2 else []


def _functions(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS ( x: counted parameters; k (two-dimensional codes), H (process identity) and L (graphics) are known."""
    name = parameters.byte()
    body = parameters.take(parameters.word())
    if name == ord("L"):
        yield from graphics(settings, body)
    elif name == ord("k") and body[:1] == bytes((_QR,)) and len(body) > 2:
        yield from _qr(settings, body[1], body[2:])
    elif name == ord("H") and body[:2] == b"00" and len(body) == 6:
        yield AnswerIdentity(body[2:])
    else:
        yield Unknown(f"1d 28 {name:02x}")


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
                settings.qr_data,
                settings.qr_module,
                settings.qr_correction,
                settings.position,
                settings.left,
            )


def _record(settings: Settings, _: Parameters) -> Iterable[Operation]:
    """GS :, the beginning of a macro, and its end; what is recorded is printed too."""
    macro = settings.macro
    if macro.recording is None:
        macro.recording = bytearray()
    else:
        macro.kept, macro.recording = bytes(macro.recording), None
    return []


def _repeat(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS ^: print the macro again, without its pauses; a recording in progress is discarded."""
    times, _, _ = parameters.take(3)
    macro = settings.macro
    if macro.recording is not None:
        macro.kept, macro.recording = b"", None
    macro.due = macro.kept * times
    return []


def _data_picture(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS *: passed over."""
    settings.passed_over = parameters.byte() * parameters.byte() * 8
    return []


def _identification(_: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS I: numbers as one byte each, names as blocks; the names are made up."""
    kind = parameters.byte()
    if kind in _NUMBERS:
        return [Answer(_NUMBERS[kind])]
    return [Answer(b"_" + _NAMES[kind] + b"\x00")] if kind in _NAMES else []


def _margin(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS L, obeyed at the beginning of a line."""
    dots = settings.across(parameters.word())
    if not settings.line:
        settings.margin = dots
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
    b"\x1d8": large_graphics,
    b"\x1dI": _identification,
    b"\x1dL": _margin,
    b"\x1d:": _record,
    b"\x1dc": ignore(0),
    **{b"\x1d" + name: ignore(1) for name in (b"/", b"T", b"b", b"f", b"g", b"j", b"x")},
    **{b"\x1d" + name: ignore(2) for name in (b"$", b"\\", b"W")},
    b"\x1dP": _motion_units,
    b"\x1de": _ejector,
    b"\x1d^": _repeat,
}
