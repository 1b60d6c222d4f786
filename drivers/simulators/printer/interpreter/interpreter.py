"""Incremental ESC/POS parser of the simulated printer: bytes in any pieces to operations on paper. Pure.

Pictures are printed row by row as they arrive; what is larger than a printer's memory limit is passed over.
"""

import logging
import re
from collections.abc import Iterable

from drivers.simulators.printer.interpreter.code_pages import decode
from drivers.simulators.printer.interpreter.graphics_commands import GRAPHICS_COMMANDS
from drivers.simulators.printer.interpreter.graphics_store import GraphicsStore
from drivers.simulators.printer.interpreter.operations import (
    Cell,
    CutPaper,
    MoveTicket,
    Operation,
    PrintRaster,
    Unknown,
)
from drivers.simulators.printer.interpreter.settings import (
    Firmware,
    IncompleteError,
    Parameters,
    RasterUnderWay,
    Settings,
)
from drivers.simulators.printer.interpreter.symbol_commands import SYMBOL_COMMANDS
from drivers.simulators.printer.interpreter.text_commands import TEXT_COMMANDS

_COMMANDS = TEXT_COMMANDS | SYMBOL_COMMANDS | GRAPHICS_COMMANDS
_PREFIXES = frozenset(name[0] for name in _COMMANDS)
_RUN = re.compile(rb"\x00+|[\x20-\x7e]+")
_LATER = frozenset((b"\x1d(", b"\x1b(", b"\x1c(", b"\x1d8"))
"""Commands with counted parameters, which older firmware lacks; of them all it has the codes of GS ( k."""
_CODES = ord("k")
_IGNORED = frozenset(b"\x00\x0b\x0d\x11\x13\x18\x7f")
_FORM_FEED = 0x0C
_TAB_COLUMNS = 8
_MOST_WAITING = 300_000

_log = logging.getLogger("device.simulated-printer")


class Interpreter:
    """Understands one stream of bytes; keeps what is set and what is still incomplete."""

    def __init__(
        self,
        width_dots: int,
        firmware: Firmware | None = None,
        graphics: GraphicsStore | None = None,
    ) -> None:
        self._width = width_dots
        self._settings = Settings(firmware or Firmware(), graphics or GraphicsStore())
        self._waiting = bytearray()

    def refit(self, width_dots: int, firmware: Firmware) -> None:
        """Change what the firmware is, between two commands."""
        self._width = width_dots
        self._settings.firmware = firmware
        self._settings.down_unit = firmware.rows_per_unit

    def feed(self, data: bytes) -> list[Operation]:
        """Return the operations that `data` completes."""
        self.add(data)
        operations: list[Operation] = []
        while (understood := self.next()) is not None:
            operations += understood
        return operations

    def add(self, data: bytes) -> None:
        """Take bytes in, to be understood one after the other by `next`."""
        self._waiting += data

    def next(self) -> list[Operation] | None:
        """Understand one character, command or row of a picture; None until more bytes come."""
        if self._settings.passed_over:
            self._pass_over()
        parameters, recording = Parameters(self._waiting), self._settings.macro.recording
        try:
            operations = list(self._next(parameters))
        except IncompleteError:
            if len(self._waiting) > _MOST_WAITING:
                _log.warning("a command of more than %d bytes is dropped", _MOST_WAITING)
                self._waiting.clear()
            return None
        if recording is self._settings.macro.recording:
            self._settings.macro.record(bytes(self._waiting[: parameters.used]))
        self._waiting[: parameters.used] = self._settings.macro.take_due()
        return operations

    def forget_incomplete(self) -> None:
        """Drop a partial command from the buffer: its rest will never come."""
        self._waiting.clear()
        self._settings.raster = None
        self._settings.passed_over = 0

    def _pass_over(self) -> None:
        count = min(self._settings.passed_over, len(self._waiting))
        del self._waiting[:count]
        self._settings.passed_over -= count

    def _next(self, parameters: Parameters) -> Iterable[Operation]:
        """Take one character or command; nothing has changed when it raises `IncompleteError`."""
        if self._settings.raster:
            return [self._row(self._settings.raster, parameters)]
        if run := _RUN.match(self._waiting):
            return self._run(parameters.take(run.end()))
        byte = parameters.byte()
        if byte >= 0x20:
            return self._letter(byte, parameters)
        if byte == 0x0A:
            return self._settings.end_line()
        if byte == 0x09:
            column = len(self._settings.line)
            return self._put([self._settings.cell(" ")] * (_TAB_COLUMNS - column % _TAB_COLUMNS))
        if byte == _FORM_FEED and self._settings.firmware.has_presenter:
            return [*self._settings.end_started_line(), CutPaper(), MoveTicket("present")]
        if byte not in _PREFIXES:
            # Where parameters are printed, a control byte is one of them and no command.
            is_passed = byte in _IGNORED or self._settings.firmware.prints_unknown
            return [] if is_passed else [Unknown(f"{byte:02x}")]
        name = bytes((byte, parameters.byte()))
        if self._settings.firmware.prints_unknown:
            if name in _LATER and (function := parameters.byte()) != _CODES:
                parameters.used = len(name)
                return [Unknown(f"{name.hex(' ')} {function:02x}")]
            parameters.used = len(name)
        if name in _COMMANDS:
            return _COMMANDS[name](self._settings, parameters)
        if self._settings.firmware.prints_unknown:
            # Only the prefix is dropped: the name of the command and its parameters are printed as far as they are letters.
            parameters.used = 1
        return [Unknown(name.hex(" "))]

    def _row(self, raster: RasterUnderWay, parameters: Parameters) -> PrintRaster:
        data = parameters.take(raster.width_bytes)
        raster.rows -= 1
        if not raster.rows:
            self._settings.raster = None
        return PrintRaster(
            raster.width_bytes,
            data,
            self._settings.position,
            raster.zoom_x,
            raster.zoom_y,
            self._settings.left,
        )

    def _run(self, run: bytes) -> Iterable[Operation]:
        """Take bytes that do nothing, or plain letters, together: there may be millions of them."""
        if not run[0]:
            return []
        own = self._settings.own_letters if self._settings.own_letters_on else {}
        return self._put([self._settings.cell(chr(byte), own.get(byte, b"")) for byte in run])

    def _letter(self, byte: int, parameters: Parameters) -> Iterable[Operation]:
        settings = self._settings
        if settings.kanji and byte >= 0x80:
            # Firmware for China takes two bytes for one sign of double width.
            pair = bytes((byte, parameters.byte()))
            sign = settings.cell(pair.decode("gb18030", "replace")[:1])
            return self._put([Cell(sign.char, sign.width * 2, sign.height, sign.bold)])
        return self._put(
            [settings.cell(decode(byte, settings.page, settings.firmware.tcvn3_pages))]
        )

    def _put(self, cells: list[Cell]) -> Iterable[Operation]:
        """Add characters to the line; a full line is printed, as a printer does."""
        full: list[Operation] = []
        settings = self._settings
        width, letter = settings.left + settings.line_width(), settings.firmware.letter_dots
        for cell in cells:
            if settings.line and width + cell.width * letter > self._width:
                full += settings.end_line()
                width = settings.left
            settings.line.append(cell)
            width += cell.width * letter
        return full
