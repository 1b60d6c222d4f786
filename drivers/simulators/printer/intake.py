"""Receive buffer, parser and work queue of the simulated printer: bytes in, strips of paper and operations out. Pure."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Final

from drivers.simulators.printer.interpreter.interpreter import Interpreter
from drivers.simulators.printer.interpreter.operations import Immediate
from drivers.simulators.printer.interpreter.settings import Firmware
from drivers.simulators.printer.mechanics.composing import Strip
from drivers.simulators.printer.mechanics.paper import Paper

BUFFER_BYTES: Final = 4096

_REAL_TIME = re.compile(rb"\x10(?:\x04[\x01-\x05\x11\x14]|\x05[\x01\x02])")
_REQUEST_BYTES = 3
_PIECE = 128


class Intake:
    """What a printer has received and not yet done; made again each time it is switched on."""

    def __init__(self, interpreter: Interpreter, paper: Paper) -> None:
        self._interpreter = interpreter
        self._paper = paper
        self._buffer = bytearray()
        self._works: deque[Strip | Immediate] = deque()
        self._tail = b""

    @property
    def room(self) -> int:
        """How many bytes the receive buffer can still take; a stopped printer fills up."""
        return BUFFER_BYTES - len(self._buffer)

    @property
    def is_empty(self) -> bool:
        """Whether all that was received is done, but for an unfinished command."""
        return not (self._works or self._buffer)

    def receive(self, data: bytes) -> Iterator[bytes]:
        """Buffer at most `room` bytes and yield each real-time request when the bytes before it are buffered.

        A request is obeyed wherever it stands, even within the data of another command, as printers do.
        """
        seen, done, seen_to = self._tail + data, 0, 0
        before = len(self._tail)
        for request in _REAL_TIME.finditer(seen):
            upto = max(0, request.end() - before)
            self._buffer += data[done:upto]
            done = upto
            seen_to = request.end()
            yield request.group()
        self._buffer += data[done:]
        self._tail = seen[seen_to:][-(_REQUEST_BYTES - 1) :]

    def next(self) -> Strip | Immediate | None:
        """The work that is due, which stays due until `finish`; None where more bytes must come."""
        while not self._works:
            if not self._parse():
                return None
        return self._works[0]

    def finish(self) -> None:
        """Take the due work off the queue."""
        self._works.popleft()

    def clear(self) -> None:
        """Forget everything, as DLE ENQ 2 demands."""
        self._buffer.clear()
        self._works.clear()
        self._interpreter.forget_incomplete()

    def lose(self, count: int) -> None:
        """Lose the first bytes of the buffer, 0 for all of them; what is understood or begun stays."""
        del self._buffer[: count or None]

    def refit(self, width_dots: int, firmware: Firmware) -> None:
        """Change what the firmware is."""
        self._interpreter.refit(width_dots, firmware)

    def hang_up(self) -> None:
        """Forget a command that its sender left unfinished; whole commands wait for their turn."""
        if self.is_empty:
            self._interpreter.forget_incomplete()
        self._tail = b""

    def _parse(self) -> bool:
        """Parse the next command; False where more bytes must come."""
        operations = self._interpreter.next()
        while operations == []:
            operations = self._interpreter.next()
        if operations is None:
            if not self._buffer:
                return False
            self._interpreter.add(bytes(self._buffer[:_PIECE]))
            del self._buffer[:_PIECE]
            return True
        for operation in operations:
            if isinstance(operation, Immediate):
                self._works.append(operation)
            else:
                self._works.extend(self._paper.compose(operation))
        return True
