"""Condition of a printer: from DLE EOT, else from what it reported unasked, else from what its queue answers.

A printer that answers nothing is unknown. Whether it is a Star printer in another mode, or one without DLE EOT, is tried
at growing intervals as long as nothing was ever answered.
"""

import time
from typing import Final

from config.model.printers import Abilities
from drivers.escpos import commands
from drivers.escpos.answers.learned import TIMES_UNANSWERED, Ability
from drivers.escpos.answers.questions import PROMPT_SECONDS
from drivers.escpos.answers.star import STATUS_QUERY
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.status import (
    ERROR_CAUSE,
    OFFLINE_CAUSE,
    PAPER,
    PRINTER,
    STOPPED,
    AutomaticStatus,
    Event,
    FullStatus,
    PrinterReason,
    ProcessId,
    QueuedStatus,
    decode_automatic,
    decode_full,
    decode_paper,
    decode_real_time,
    is_fence,
    together,
)
from drivers.protocols import DeviceStatus, Health, Transport

_KINDS: Final = (PRINTER, PAPER, OFFLINE_CAUSE, ERROR_CAUSE)
_SILENT: Final = DeviceStatus(Health.UNKNOWN, (PrinterReason.STATUS_UNKNOWN.value,))
_STAR: Final = DeviceStatus(Health.FAULT, (PrinterReason.STAR_MODE.value,))
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 600.0
_ALIVE: Final = b"here"


class ConditionReader:
    """Reads the condition of one printer; used by its one thread."""

    def __init__(self, transport: Transport, back: BackChannel, can: Abilities) -> None:
        self._transport = transport
        self._back = back
        self._can = can
        self._pause = _FIRST_PAUSE
        self._next_try = 0.0

    def read(self) -> DeviceStatus:
        """The newest that is known."""
        learned = self._back.learned
        if not learned.lacks(Ability.REAL_TIME):
            if answers := self._back.ask(_KINDS):
                status = decode_real_time(answers)
                if status.health is Health.UNKNOWN:
                    return self._back.unasked.trouble or status
                return self._with_presenter(status) if self._can.presenter else status
            if self._back.unasked.is_star:
                return _STAR
        if stands := self._back.unasked.trouble:
            return stands
        if learned.has(Ability.REAL_TIME):
            return _SILENT
        return self._by_queue() if learned.is_alive else self._first_contact()

    def _with_presenter(self, status: DeviceStatus) -> DeviceStatus:
        """The status with that of the presenter, if it answers."""
        self._transport.write(commands.REQUEST_FULL_STATUS, PROMPT_SECONDS)
        for event in self._back.listen(PROMPT_SECONDS):
            if isinstance(event, FullStatus):
                return together(status, decode_full(event.data))
        return status

    def _first_contact(self) -> DeviceStatus:
        """Try what a printer without DLE EOT may answer; one that is switched off is not asked again and again."""
        if time.monotonic() < self._next_try:
            return _SILENT
        self._next_try = time.monotonic() + self._pause
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        self._transport.write(STATUS_QUERY, PROMPT_SECONDS)
        for _event in self._back.listen(PROMPT_SECONDS):
            if self._back.unasked.is_star:
                return _STAR
        return self._by_queue()

    def _by_queue(self) -> DeviceStatus:
        """Ask behind what is buffered: GS a, which is answered by the present state, GS ( H and GS r."""
        question = commands.AUTOMATIC_STATUS if self._can.automatic_status else b""
        if not self._back.learned.lacks(Ability.IDENTITY):
            question += commands.request_process_id(_ALIVE)
        answered = self._back.ask_queue(PROMPT_SECONDS, question)
        found = [status for event in answered if (status := _status_of(event)) is not None]
        if not found:
            return self._back.unasked.trouble or _SILENT
        self._learn(answered)
        worst = next((status for status in found if status.health in STOPPED), found[-1])
        return self._back.unasked.trouble or worst

    def _learn(self, answered: list[Event]) -> None:
        """The queries stand one behind the other: where one of them was answered, the others were passed over."""
        learned = self._back.learned
        is_named = ProcessId(_ALIVE) in answered
        if is_named:
            learned.answered(Ability.IDENTITY)
        missed = [Ability.REAL_TIME]
        missed += [] if is_named else [Ability.IDENTITY]
        missed += [] if any(map(is_fence, answered)) else [Ability.FENCE]
        learned.missed(*missed, most=TIMES_UNANSWERED)


def _status_of(event: Event) -> DeviceStatus | None:
    if isinstance(event, AutomaticStatus):
        return decode_automatic(event.data)
    if isinstance(event, QueuedStatus) and event.is_whole:
        return decode_paper(event.byte)
    return DeviceStatus(Health.READY) if event == ProcessId(_ALIVE) else None
