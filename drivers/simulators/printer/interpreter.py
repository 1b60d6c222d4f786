"""ESC/POS as a printer understands it: bytes in any pieces to operations on paper. Pure."""

import logging
from collections.abc import Iterable

from drivers.simulators.printer.operations import Operation
from drivers.simulators.printer.pages import decode
from drivers.simulators.printer.settings import (
    LETTER_WIDTH,
    IncompleteError,
    Parameters,
    Settings,
)
from drivers.simulators.printer.symbol_commands import SYMBOL_COMMANDS
from drivers.simulators.printer.text_commands import TEXT_COMMANDS

_COMMANDS = TEXT_COMMANDS | SYMBOL_COMMANDS
_PREFIXES = frozenset(name[0] for name in _COMMANDS)
_TAB_COLUMNS = 8

_log = logging.getLogger("device.simulated-printer")


class Interpreter:
    """Understands one stream of bytes; keeps what is set and what is still incomplete."""

    def __init__(self, width_dots: int) -> None:
        self._width = width_dots
        self._settings = Settings()
        self._waiting = b""

    def feed(self, data: bytes) -> list[Operation]:
        """Return the operations that `data` completes."""
        self._waiting += data
        operations: list[Operation] = []
        parameters = Parameters(self._waiting)
        done = 0
        try:
            while True:
                operations += self._next(parameters)
                done = parameters.used
        except IncompleteError:
            self._waiting = self._waiting[done:]
        return operations

    def forget_incomplete(self) -> None:
        """Drop the beginning of a command whose rest will never come."""
        self._waiting = b""

    def _next(self, parameters: Parameters) -> Iterable[Operation]:
        """Take one character or command; nothing has changed when it raises `IncompleteError`."""
        byte = parameters.byte()
        if byte >= 0x20:
            return self._put(decode(byte, self._settings.page))
        if byte == 0x0A:
            return self._settings.end_line()
        if byte == 0x09:
            column = len(self._settings.line)
            return self._put(" " * (_TAB_COLUMNS - column % _TAB_COLUMNS))
        if byte not in _PREFIXES:
            return []
        name = bytes((byte, parameters.byte()))
        if name not in _COMMANDS:
            _log.warning("unknown command %s", name.hex(" "))
            return []
        return list(_COMMANDS[name](self._settings, parameters))

    def _put(self, text: str) -> Iterable[Operation]:
        """Add characters to the line; a full line is printed, as a printer does."""
        full: list[Operation] = []
        for char in text:
            cell = self._settings.cell(char)
            if self._settings.line_width() + cell.width * LETTER_WIDTH > self._width:
                full += self._settings.end_line()
            self._settings.line.append(cell)
        return full
