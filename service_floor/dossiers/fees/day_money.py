"""Day close of money: a tally per counter and officer of cash, transfers and receipt numbers used, with their gaps."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from service_floor.dossiers.fees.paying import FeePaid, FeeRefunded, ReceiptVoided
from service_floor.dossiers.fees.receipts import PaymentMethod
from service_floor.dossiers.life.cases import DossierEvent


@dataclass(slots=True)
class Drawer:
    """The money of one officer at one counter, in đồng: taken and still in force, and given back."""

    cash: int = 0
    transfer: int = 0
    refunded_cash: int = 0
    refunded_transfer: int = 0
    receipts: dict[str, list[int]] = field(default_factory=dict)
    void: dict[str, list[int]] = field(default_factory=dict)

    @property
    def cash_in_hand(self) -> int:
        """What must lie in the drawer."""
        return self.cash - self.refunded_cash

    def _book(self, method: PaymentMethod, amount: int) -> None:
        if method is PaymentMethod.CASH:
            self.cash += amount
        else:
            self.transfer += amount

    def note(self, event: FeePaid | ReceiptVoided | FeeRefunded) -> None:
        """Count one event of this officer and counter."""
        if isinstance(event, FeePaid):
            self._book(event.method, event.amount)
            self.receipts.setdefault(event.series, []).append(event.receipt)
        elif isinstance(event, ReceiptVoided):
            self._book(event.method, -event.amount)
            self.void.setdefault(event.series, []).append(event.receipt)
        elif event.method is PaymentMethod.CASH:
            self.refunded_cash += event.amount
        else:
            self.refunded_transfer += event.amount


def drawers(events: Iterable[DossierEvent]) -> dict[tuple[str, str], Drawer]:
    """The drawers of a day by counter and officer, from its events in their order."""
    found: dict[tuple[str, str], Drawer] = {}
    for event in events:
        if isinstance(event, FeePaid | ReceiptVoided | FeeRefunded):
            found.setdefault((event.by.counter, event.by.officer), Drawer()).note(event)
    return found


def gaps(numbers: Iterable[int]) -> tuple[int, ...]:
    """The numbers that were left out between the first and the last."""
    used = set(numbers)
    return tuple(n for n in range(min(used), max(used)) if n not in used) if used else ()
