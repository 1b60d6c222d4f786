"""Slot of a kiosk printer: whether the last slip still hangs there, when it is forgotten, and what then becomes of it."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from config.model.devices import EscposPrinter
from config.model.printers import Abilities
from drivers.escpos import commands
from drivers.escpos.status import PrinterReason
from drivers.protocols import DeviceStatus, Transport

_WRITE_SECONDS: Final = 0.5
_ORDER_PAUSE: Final = 10.0


class SlotKeeper:
    """Keeps the slot of one printer by its status; used by its one thread. `is_personal` is about the slip in the slot."""

    def __init__(
        self,
        transport: Transport,
        settings: EscposPrinter,
        can: Abilities,
        log: logging.Logger,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._settings = settings
        self._can = can
        self._log = log
        self._clock = clock
        self._since: float | None = None
        self._next_order = 0.0
        self.is_personal = False

    def kept(self, status: DeviceStatus) -> DeviceStatus:
        """The status, with FORGOTTEN for NOT_TAKEN after a while; what must not stay in the slot is drawn in then."""
        now = self._clock()
        if PrinterReason.NOT_TAKEN not in status.reasons:
            if self._since is not None and PrinterReason.STATUS_UNKNOWN not in status.reasons:
                self._log.info("the slip has left the slot after %.0f s", now - self._since)
                self._since = None
            return status
        if self._since is None:
            self._since = now
        if now - self._since < self._settings.forgotten_seconds:
            return status
        if self._can.presenter and self._is_to_be_drawn_in:
            self._order(commands.RETRACT, "drawn in")
        names = {PrinterReason.NOT_TAKEN.value: PrinterReason.FORGOTTEN.value}
        return replace(status, reasons=tuple(names.get(why, why) for why in status.reasons))

    def make_way(self, status: DeviceStatus) -> bool:
        """Whether the next slip may come: one in the slot is waited for, and moved out of the way when it is forgotten."""
        if PrinterReason.NOT_TAKEN in status.reasons:
            return False
        is_forgotten = PrinterReason.FORGOTTEN in status.reasons
        if is_forgotten and self._can.presenter and not self._is_to_be_drawn_in:
            self._order(commands.EJECT, "pushed out")
        return True

    @property
    def _is_to_be_drawn_in(self) -> bool:
        return self.is_personal or self._settings.not_taken == "retract"

    def _order(self, command: bytes, done: str) -> None:
        """Move the slip; a presenter that does not obey is asked again, but not at once."""
        now = self._clock()
        if now < self._next_order:
            return
        self._next_order = now + _ORDER_PAUSE
        if self._transport.write(command, _WRITE_SECONDS):
            self._log.warning("a slip was left in the slot and is %s", done)
