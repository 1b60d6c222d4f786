"""Concern of fees due: charged as set, more by an officer, waived for a reason; and the clock that stands until they are paid."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from service_floor.dossiers.deadlines.appointment import Appointment, resume
from service_floor.dossiers.fees.fee_states import (
    MOST_MONEY,
    NOT_RETURNED,
    FeeRefusal,
    fee_in,
    with_fee,
)
from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.cases import (
    DoneBy,
    DossierCase,
    DossierCommand,
    DossierDecision,
    DossierEvent,
    LifeEvent,
    change,
    known_life,
)
from service_floor.dossiers.life.records import DossierLife, Fee, FeeState, stated
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import DossierState, LeadsBack, Moves
from service_floor.queue.actors import CLERKS, COUNTERS_AND_SUPERVISORS, SUPERVISORS
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal


@dataclass(frozen=True, slots=True)
class FeeCharged(LifeEvent):
    """A further fee is due."""

    moves: ClassVar[Moves] = NOT_RETURNED
    undoable: ClassVar = False
    dossier: str
    fee: int
    name: str
    amount: int
    by: DoneBy
    visit: str = ""
    kind: Literal["fee_charged"] = "fee_charged"

    def fold(self, books: Books, at: datetime) -> None:
        life = known_life(books, self.dossier)
        if self.fee != len(life.fees) + 1:
            raise ImpossibleEventError(f"fee {self.fee} of {self.dossier} is not the next")
        change(books, self, at, fees=(*life.fees, Fee(self.fee, self.name, self.amount)))


@dataclass(frozen=True, slots=True)
class PaymentRequested(LifeEvent):
    """The citizen must pay before the work goes on: the clock stands."""

    moves: ClassVar[Moves] = {
        DossierState.ACCEPTED: DossierState.PAYMENT_REQUIRED,
        DossierState.IN_PROGRESS: DossierState.PAYMENT_REQUIRED,
    }
    undoable: ClassVar = True
    dossier: str
    by: DoneBy
    visit: str = ""
    kind: Literal["payment_requested"] = "payment_requested"

    def fold(self, books: Books, at: datetime) -> None:
        life = known_life(books, self.dossier)
        date = life.appointment and life.appointment.stopped(at)
        change(books, self, at, came_from=life.state, appointment=date)


@dataclass(frozen=True, slots=True)
class PaymentFulfilled(LifeEvent):
    """Nothing is due any more: the clock runs on, with a new date."""

    moves: ClassVar[Moves] = {DossierState.PAYMENT_REQUIRED: LeadsBack.RESUMED}
    undoable: ClassVar = False
    dossier: str
    appointment: Appointment | None
    by: DoneBy
    visit: str = ""
    kind: Literal["payment_fulfilled"] = "payment_fulfilled"

    def fold(self, books: Books, at: datetime) -> None:
        change(books, self, at, came_from=None, appointment=self.appointment)


@dataclass(frozen=True, slots=True)
class FeeWaived(LifeEvent):
    """A fee is not due after all."""

    moves: ClassVar[Moves] = NOT_RETURNED
    undoable: ClassVar = False
    dossier: str
    fee: int
    reason: str
    by: DoneBy
    visit: str = ""
    kind: Literal["fee_waived"] = "fee_waived"

    def fold(self, books: Books, at: datetime) -> None:
        life = known_life(books, self.dossier)
        fees = with_fee(life, self.fee, FeeState.DUE, state=FeeState.VOID)
        change(books, self, at, fees=fees)


def goes_on(
    case: DossierCase, life: DossierLife, settled: Fee, visit: str
) -> tuple[DossierEvent, ...]:
    """The clock runs on where the dossier waited for nothing but this fee."""
    if life.state is not DossierState.PAYMENT_REQUIRED or life.fees_due != settled.amount:
        return ()
    date = life.appointment and resume(case.plan.calendar, life.appointment, case.now)
    return (PaymentFulfilled(life.code, date, case.by, visit),)


@dataclass(frozen=True, slots=True)
class ChargeFee(DossierCommand):
    """Charge a further fee, in đồng."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    dossier: str
    seen: int
    name: str
    amount: int
    kind: Literal["charge_fee"] = "charge_fee"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Needs a name and an amount."""
        life = case.ready(FeeCharged, self.dossier, self.seen)
        if isinstance(life, Refusal):
            return life
        name = stated(self.name)
        if not name:
            return Refusal(DossierRefusal.REASON_NEEDED)
        if not 0 < self.amount <= MOST_MONEY:
            data = {"amount": self.amount, "limit": MOST_MONEY}
            return Refusal(FeeRefusal.WRONG_AMOUNT, data)
        fee = (len(life.fees) + 1, name, self.amount)
        return (FeeCharged(self.dossier, *fee, case.by),)


@dataclass(frozen=True, slots=True)
class RequestPayment(DossierCommand):
    """Ask for the fees before the work goes on."""

    given_by: ClassVar = CLERKS
    dossier: str
    seen: int
    visit: str = ""
    kind: Literal["request_payment"] = "request_payment"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Refused where nothing is due."""
        life = case.ready(PaymentRequested, self.dossier, self.seen, self.visit)
        if isinstance(life, Refusal):
            return life
        if not life.fees_due:
            return Refusal(FeeRefusal.NOTHING_DUE, {"dossier": self.dossier})
        return (PaymentRequested(self.dossier, case.by, self.visit),)


@dataclass(frozen=True, slots=True)
class WaiveFee(DossierCommand):
    """Waive a fee that is due, for a reason."""

    given_by: ClassVar = SUPERVISORS
    dossier: str
    seen: int
    fee: int
    reason: str
    kind: Literal["waive_fee"] = "waive_fee"

    def decide(self, case: DossierCase) -> DossierDecision:
        """The clock runs on where nothing else is due."""
        asked = {"dossier": self.dossier, "seen": self.seen}
        known = fee_in(case, FeeWaived, self.fee, FeeState.DUE, **asked)
        if isinstance(known, Refusal):
            return known
        reason = stated(self.reason)
        if not reason:
            return Refusal(DossierRefusal.REASON_NEEDED)
        waived = FeeWaived(self.dossier, self.fee, reason, case.by)
        return (waived, *goes_on(case, *known, ""))


Event = FeeCharged | FeeWaived | PaymentRequested | PaymentFulfilled


Command = ChargeFee | WaiveFee | RequestPayment
