"""Concern of payments: a fee is paid with a receipt number, the receipt made void, or the money refunded. Facts, each of them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Literal

from service_floor.dossiers.fees.charging import goes_on
from service_floor.dossiers.fees.fee_states import (
    NOT_RETURNED,
    FeeRefusal,
    fee_in,
    with_fee,
)
from service_floor.dossiers.fees.receipts import (
    BankMessage,
    Confirmation,
    PaymentMethod,
    Receipt,
    ReceiptNumbers,
    ReceiptRefusal,
    free_number,
    receipt_key,
)
from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.cases import (
    DoneBy,
    DossierCase,
    DossierCommand,
    DossierDecision,
    LifeEvent,
    change,
    known_life,
)
from service_floor.dossiers.life.records import FeeState, Outcome, stated
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.life.states import DossierState, Moves
from service_floor.queue.actors import COUNTERS_AND_SUPERVISORS
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal
from service_floor.zone import business_day


@dataclass(frozen=True, slots=True)
class FeePaid(LifeEvent):
    """A fee was paid, and a person or a bank message confirmed it."""

    moves: ClassVar[Moves] = NOT_RETURNED
    undoable: ClassVar = False
    outcome: ClassVar = Outcome.PAID
    dossier: str
    fee: int
    amount: int
    method: PaymentMethod
    confirmed_by: Confirmation
    bank_message: str
    series: str
    receipt: int
    by: DoneBy
    visit: str = ""
    kind: Literal["fee_paid"] = "fee_paid"

    def fold(self, books: Books, at: datetime) -> None:
        key = receipt_key(self.series, self.receipt)
        if books.find(Receipt, key) is not None:
            raise ImpossibleEventError(f"receipt {key} is used twice")
        life = known_life(books, self.dossier)
        fees = with_fee(life, self.fee, FeeState.DUE, state=FeeState.PAID, receipt=key)
        change(books, self, at, fees=fees)
        what = (self.dossier, self.fee, self.amount, self.method, at, self.bank_message)
        books.put(Receipt(key, self.series, self.receipt, *what))
        numbers = books.find(ReceiptNumbers, self.series) or ReceiptNumbers(self.series)
        books.put(replace(numbers, last=max(numbers.last, self.receipt)))
        if self.bank_message:
            books.put(BankMessage(self.bank_message, key))


@dataclass(frozen=True, slots=True)
class ReceiptVoided(LifeEvent):
    """A receipt was written wrongly: its number stays used, and the fee is due again."""

    moves: ClassVar[Moves] = NOT_RETURNED
    undoable: ClassVar = False
    dossier: str
    fee: int
    amount: int
    method: PaymentMethod
    series: str
    receipt: int
    reason: str
    by: DoneBy
    visit: str = ""
    kind: Literal["receipt_voided"] = "receipt_voided"

    def fold(self, books: Books, at: datetime) -> None:
        key = receipt_key(self.series, self.receipt)
        receipt = books.find(Receipt, key)
        if receipt is None or receipt.void:
            raise ImpossibleEventError(f"receipt {key} is not in force")
        life = known_life(books, self.dossier)
        fees = with_fee(life, self.fee, FeeState.PAID, state=FeeState.DUE, receipt="")
        change(books, self, at, fees=fees)
        books.put(replace(receipt, void=True))
        if receipt.bank_message:
            books.put(BankMessage(receipt.bank_message, ""))


@dataclass(frozen=True, slots=True)
class FeeRefunded(LifeEvent):
    """Money went back to the citizen, in cash or by transfer; the receipt stays as it is."""

    moves: ClassVar[Moves] = {**NOT_RETURNED, DossierState.RETURNED: DossierState.RETURNED}
    undoable: ClassVar = False
    dossier: str
    fee: int
    amount: int
    method: PaymentMethod
    reason: str
    by: DoneBy
    visit: str = ""
    kind: Literal["fee_refunded"] = "fee_refunded"

    def fold(self, books: Books, at: datetime) -> None:
        life = known_life(books, self.dossier)
        fees = with_fee(life, self.fee, FeeState.PAID, state=FeeState.REFUNDED)
        change(books, self, at, fees=fees)


@dataclass(frozen=True, slots=True)
class TakePayment(DossierCommand):
    """Book the payment of a fee. `receipt` is the number on a paper receipt; None takes the next of the series.

    A transfer is confirmed by a person who saw the money, or by the bank's message.
    """

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    dossier: str
    seen: int
    fee: int
    method: PaymentMethod
    confirmed_by: Confirmation
    series: str
    receipt: int | None = None
    bank_message: str = ""
    visit: str = ""
    kind: Literal["take_payment"] = "take_payment"

    def decide(self, case: DossierCase) -> DossierDecision:
        """No receipt number and no bank message is used twice."""
        asked = {"dossier": self.dossier, "seen": self.seen, "visit": self.visit}
        known = fee_in(case, FeePaid, self.fee, FeeState.DUE, **asked)
        if isinstance(known, Refusal):
            return known
        message = self._message(case)
        if isinstance(message, Refusal):
            return message
        series = case.plan.receipts.get(self.series)
        if series is None:
            return Refusal(ReceiptRefusal.UNKNOWN_SERIES, {"series": self.series})
        number = free_number(case.books, series, self.receipt)
        if isinstance(number, Refusal):
            return number
        how = (self.method, self.confirmed_by, message, self.series, number)
        fee = known[1]
        paid = FeePaid(self.dossier, fee.number, fee.amount, *how, case.by, self.visit)
        return (paid, *goes_on(case, *known, self.visit))

    def _message(self, case: DossierCase) -> str | Refusal:
        """The key of the bank's message, empty where a person confirms."""
        if self.confirmed_by is Confirmation.PERSON:
            return ""
        key = stated(self.bank_message)
        if not key or self.method is not PaymentMethod.TRANSFER:
            return Refusal(FeeRefusal.BANK_MESSAGE_NEEDED)
        known = case.books.find(BankMessage, key)
        if known is not None and known.receipt:
            return Refusal(FeeRefusal.BANK_MESSAGE_USED, {"message": key})
        return key


@dataclass(frozen=True, slots=True)
class VoidReceipt(DossierCommand):
    """Make the receipt of a fee void, on the day on which it was written."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    dossier: str
    seen: int
    fee: int
    reason: str
    kind: Literal["void_receipt"] = "void_receipt"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Needs a reason. On a later day money goes back by a refund."""
        asked = {"dossier": self.dossier, "seen": self.seen}
        known = fee_in(case, ReceiptVoided, self.fee, FeeState.PAID, **asked)
        if isinstance(known, Refusal):
            return known
        reason = stated(self.reason)
        if not reason:
            return Refusal(DossierRefusal.REASON_NEEDED)
        receipt = case.books.find(Receipt, known[1].receipt)
        if receipt is None or business_day(receipt.at) != business_day(case.now):
            return Refusal(FeeRefusal.OTHER_DAY)
        what = (self.fee, receipt.amount, receipt.method, receipt.series, receipt.number)
        return (ReceiptVoided(self.dossier, *what, reason, case.by),)


@dataclass(frozen=True, slots=True)
class RefundFee(DossierCommand):
    """Give money back for a fee that was paid, all of it or a part."""

    given_by: ClassVar = COUNTERS_AND_SUPERVISORS
    dossier: str
    seen: int
    fee: int
    amount: int
    method: PaymentMethod
    reason: str
    kind: Literal["refund_fee"] = "refund_fee"

    def decide(self, case: DossierCase) -> DossierDecision:
        """Needs a reason; never more than was paid, and once."""
        asked = {"dossier": self.dossier, "seen": self.seen}
        known = fee_in(case, FeeRefunded, self.fee, FeeState.PAID, **asked)
        if isinstance(known, Refusal):
            return known
        reason, fee = stated(self.reason), known[1]
        if not reason:
            return Refusal(DossierRefusal.REASON_NEEDED)
        if not 0 < self.amount <= fee.amount:
            data = {"amount": self.amount, "limit": fee.amount}
            return Refusal(FeeRefusal.WRONG_AMOUNT, data)
        back = (self.amount, self.method, reason)
        return (FeeRefunded(self.dossier, self.fee, *back, case.by),)


Event = FeePaid | ReceiptVoided | FeeRefunded


Command = TakePayment | VoidReceipt | RefundFee
