"""Proof that a printer on a serial line kept its power from the beginning of a slip to its end.

The line stays when the power goes, and the rest of a torn slip arrives with its proofs. So each slip records a macro
(GS :) that names the slip again, and repeats it (GS ^) at its end: by the makers' manuals ESC @ keeps a macro and loss of
power clears it. Which firmware repeats GS ( H from a macro is tried once for each connection, with nothing on paper.
"""

import logging
import time
from enum import Enum, auto

from drivers.escpos import commands
from drivers.escpos.answers.learned import Ability
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.status import ProcessId, QueuedStatus
from drivers.protocols import Transport

_FENCE_SECONDS = 0.5
_FENCE_SECONDS = 0.5
_RECORDED, _BEFORE, _BEHIND = b"mac1", b"mac2", b"mac3"


class Memory(Enum):
    """What a printer on a serial line can prove: `LASTING` names jobs and reveals loss of power, `NAMES` only names jobs."""

    NOT_ASKED = auto()
    NONE = auto()
    NAMES = auto()
    LASTING = auto()


class PowerWitness:
    """Asks one printer; used by its one thread."""

    def __init__(self, transport: Transport, back: BackChannel, log: logging.Logger) -> None:
        self._transport = transport
        self._back = back
        self._log = log
        self.memory = Memory.NOT_ASKED

    def ask(self, before: bytes, seconds: float) -> bool:
        """Find out, behind the bytes `before`, what the printer can prove; False after a timeout of `seconds`."""
        question = b"".join(
            (
                before,
                recorded(_RECORDED),
                commands.request_process_id(_BEFORE),
                commands.REPEAT_MACRO,
                commands.request_process_id(_BEHIND),
                commands.TRANSMIT_PAPER_STATUS,
            )
        )
        if self._transport.write(question, seconds) < len(question):
            return False
        self._back.fences_out += 1
        names: list[bytes] = []
        end = time.monotonic() + seconds
        while (events := self._back.hear(end - time.monotonic())) is not None:
            names += [event.identity for event in events if isinstance(event, ProcessId)]
            if any(isinstance(event, QueuedStatus) and event.is_whole for event in events):
                return self._know(names)
            if _BEHIND in names:
                end = min(end, time.monotonic() + _FENCE_SECONDS)
        # Without GS r the identity behind the macro shows as well that all was worked off.
        return _BEHIND in names and self._know(names)

    def _know(self, names: list[bytes]) -> bool:
        self.memory = _judged(names)
        if self.memory is not Memory.NONE:
            self._back.learned.answered(Ability.IDENTITY)
        self._log.info("proof on this line: %s", self.memory.name.lower())
        return True


def recorded(name: bytes) -> bytes:
    """What makes the printer keep `name` as long as it has power."""
    macro = commands.RECORD_MACRO + commands.request_process_id(name) + commands.RECORD_MACRO
    return commands.NO_MACRO + macro


def _judged(names: list[bytes]) -> Memory:
    if names[-3:] == [_BEFORE, _RECORDED, _BEHIND]:
        return Memory.LASTING
    return Memory.NAMES if _BEHIND in names else Memory.NONE
