"""Handler of the technician's orders: reprints, a new roll, and recovery after a jam. Used by the queue's thread."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from drivers.errors import DeviceError
from drivers.protocols import TicketPrinter
from drivers.slip import Block
from drivers.spool.jobs import reprint_of
from drivers.spool.orders import CLEAR, NEW_ROLL, REPRINT, RESUME, Order
from drivers.spool.paper import PaperWatch
from drivers.spool.store import SpoolStore
from drivers.supervisor import Supervised

_RECOVERY_SECONDS: Final = 30.0


@dataclass(frozen=True)
class OrderHandler:
    """Carries out queued orders. `mark` makes the line above a reprint of its count, `clock` is the wall clock."""

    store: SpoolStore
    printer: Supervised[TicketPrinter]
    paper: PaperWatch
    mark: Callable[[int], Block]
    clock: Callable[[], float]
    log: logging.Logger

    def carry_out(self) -> bool:
        """Carry out what is queued; whether a job was added. Raises sqlite3.Error."""
        added = False
        for place, order in self.store.orders.waiting():
            if order.kind == REPRINT:
                added |= self._reprint(place, order.subject)
                continue
            if order.kind == NEW_ROLL:
                self.paper.new_roll()
            elif order.kind in {RESUME, CLEAR}:
                self._recover(order)
            self.store.orders.remove(place)
        return added

    def _reprint(self, place: int, name: str) -> bool:
        prints = self.store.prints_of(name)
        if any(not job.is_settled for job in prints):
            # The order stays queued until the earlier print has its outcome.
            return False
        if not prints:
            self.log.warning("no slip %s to print again", name)
            self.store.orders.remove(place)
            return False
        times = max(job.reprint for job in prints) + 1
        job = reprint_of(prints[0], times, self.mark(times), self.clock())
        self.store.add_for_order(place, job)
        return True

    def _recover(self, order: Order) -> None:
        clear = order.kind == CLEAR
        if clear:
            # What the printer forgets of a slip hangs in it all the same.
            self.store.paper.mark_torn(True)
        try:
            self.printer.submit(lambda printer: printer.recover(clear=clear)).result(
                _RECOVERY_SECONDS
            )
        except (DeviceError, TimeoutError) as error:
            self.log.warning("recovery failed: %s", error)
